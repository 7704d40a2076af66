package io.scrip.http;

import io.scrip.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests as no client library would send them, byte by byte over a socket. */
final class RawHttp {
  private RawHttp() {}

  static Socket open(TestServer server) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      socket.setSoTimeout(60_000);
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends these bytes and reads all that comes until the server closes; the request asks it to. */
  static String exchange(TestServer server, byte[] request) {
    try (Socket socket = open(server)) {
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (IOException _) {
        // The server may have answered and closed before it had read everything.
      }
      return new String(readAll(socket), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] readAll(Socket socket) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException _) {
      // A reset ends the answer like a close.
    }
    return all.toByteArray();
  }

  /** A request line and headers, each a line, and a body whose length is told. */
  static byte[] request(String line, byte[] body, String... headers) {
    StringBuilder head =
        new StringBuilder(line)
            .append("\r\nHost: scrip\r\nConnection: close\r\nContent-Length: ")
            .append(body.length)
            .append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static int status(String response) {
    return response.startsWith("HTTP/1.1 ") ? Integer.parseInt(response.substring(9, 12)) : 0;
  }
}
