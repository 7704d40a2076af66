package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.Version;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
  private final EventLoopGroup server =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final EventLoops loops = new EventLoops(server);

  @AfterEach
  void stop() {
    server.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void a_thread_that_takes_no_tasks_is_told_at_once() {
    var teller = new CompletableFuture<Thread>();

    loops.current().execute(() -> teller.complete(Thread.currentThread()));

    assertThat(teller).isCompletedWithValue(Thread.currentThread());
  }

  @Test
  void each_event_loop_is_told_by_itself() {
    for (EventExecutor loop : server) {
      assertThat(loop.submit(loops::current).syncUninterruptibly().getNow()).isSameAs(loop);
    }
  }

  @Test
  void all_of_netty_is_of_one_version() {
    assertThat(Version.identify().values().stream().map(Version::artifactVersion).distinct())
        .as("see dependencyManagement in app/pom.xml")
        .hasSize(1);
  }
}
