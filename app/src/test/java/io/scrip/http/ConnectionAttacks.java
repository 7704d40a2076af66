package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that are opened and not used. */
interface ConnectionAttacks extends ApiContract {
  int CONNECTIONS = 200;

  @Test
  default void two_hundred_half_open_connections_hinder_nobody() throws IOException {
    held("", () -> Expect.atOnce(16, i -> token("data", "v" + i)));
  }

  @Test
  default void two_hundred_half_sent_heads_hinder_nobody() throws IOException {
    held(
        "POST /v1/tokenize HTTP/1.1\r\nHost: scrip\r\nX-Slow: ",
        () -> Expect.atOnce(16, i -> token("data", "v" + i)));
  }

  @Test
  default void two_hundred_half_sent_bodies_hinder_nobody() throws IOException {
    String head =
        "POST /v1/tokenize HTTP/1.1\r\nHost: scrip\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\nAuthorization: Bearer "
            + server().token("dev-writer")
            + "\r\n\r\n{\"data\":\"";
    held(head, () -> Expect.atOnce(16, i -> token("data", "v" + i)));
  }

  private void held(String sent, Runnable meanwhile) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = RawHttp.open(server());
        sockets.add(socket);
        socket.getOutputStream().write(RawHttp.bytes(sent));
      }
      meanwhile.run();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  default void a_slow_request_is_read_to_its_end() throws IOException {
    byte[] request =
        RawHttp.request(
            "POST /v1/tokenize HTTP/1.1",
            RawHttp.bytes("{\"data\":\"slow\"}"),
            "Content-Type: application/json",
            "Authorization: Bearer " + server().token("dev-writer"));
    try (Socket socket = RawHttp.open(server())) {
      for (byte one : request) {
        socket.getOutputStream().write(one);
        socket.getOutputStream().flush();
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(201);
    }
  }

  @Test
  default void who_hangs_up_before_the_answer_leaves_nothing_behind() throws IOException {
    byte[] request =
        RawHttp.request(
            "POST /v1/tokenize HTTP/1.1",
            RawHttp.bytes("{\"data\":\"gone\"}"),
            "Content-Type: application/json",
            "Authorization: Bearer " + server().token("dev-writer"));
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket socket = RawHttp.open(server())) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(request);
      }
    }
    assertThat(token("data", "after")).isNotEmpty();
  }
}
