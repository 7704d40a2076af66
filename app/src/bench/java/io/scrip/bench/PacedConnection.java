package io.scrip.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of {@link PacedLoad}: one call at a time, never waiting. */
final class PacedConnection {
  /** A batch of 100 is answered with some 30 kB; 256 connections then hold 32 MiB. */
  private static final int LARGEST_ANSWER = 1 << 17;

  private static final Pattern LENGTH =
      Pattern.compile("content-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final String PROBLEM = "\"problem\"";

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
  private ByteBuffer call = ByteBuffer.allocate(0);
  private boolean succeeded;
  private long due;
  private int wholeLength;

  private PacedConnection(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /**
   * @param selector tells when there is something to read, or room for the rest of a long call
   */
  static PacedConnection open(InetSocketAddress address, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new PacedConnection(channel, selector);
  }

  boolean succeeded() {
    return succeeded;
  }

  /** When the call should have been sent, as {@link System#nanoTime()}. */
  long due() {
    return due;
  }

  void send(byte[] bytes, long whenDue) throws IOException {
    due = whenDue;
    wholeLength = 0;
    answer.clear();
    call = ByteBuffer.wrap(bytes);
    write();
  }

  private void write() throws IOException {
    channel.write(call);
    key.interestOps(
        call.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Goes on with what is under way.
   *
   * @return whether the answer is whole now
   * @throws IOException when the service closed the connection: then the run is over
   */
  boolean receive() throws IOException {
    if (call.hasRemaining()) {
      write();
    }
    int read = channel.read(answer);
    if (read < 0) {
      throw new IOException("the service closed a connection");
    }
    if (read == 0) {
      return false;
    }
    if (wholeLength == 0) {
      wholeLength = wholeLength();
    }
    if (wholeLength == 0 || answer.position() < wholeLength) {
      return false;
    }
    succeeded = answer.get("HTTP/1.1 ".length()) == '2' && !text().contains(PROBLEM);
    return true;
  }

  /** Of head and body; 0 while the head is not whole. */
  private int wholeLength() throws IOException {
    String text = text();
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return 0;
    }
    Matcher length = LENGTH.matcher(text).region(0, head);
    if (!length.find()) {
      throw new IOException("an answer without Content-Length: " + text.substring(0, head));
    }
    return head + 4 + Integer.parseInt(length.group(1));
  }

  private String text() {
    return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
  }
}
