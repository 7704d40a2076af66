package io.scrip.http;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.scrip.journal.CallerThread;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;

/** A call is answered by the event loop that read it: no other needs to be woken for it. */
@Singleton
final class EventLoops implements CallerThread {
  private final EventLoopGroup server;

  EventLoops(EventLoopGroup server) {
    this.server = server;
  }

  @Override
  public Executor current() {
    for (EventExecutor loop : server) {
      if (loop.inEventLoop()) {
        return loop;
      }
    }
    return Runnable::run;
  }
}
