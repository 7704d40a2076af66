package io.scrip.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Sends lines of JSON as they are read, some at a time, reading no faster than they are taken. */
final class NdJson {
  static final String MEDIA_TYPE = "application/x-ndjson";

  private static final int CHUNK_BYTES = 16 * 1024;
  private static final Scheduler READERS =
      Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

  private NdJson() {}

  static HttpResponse<Publisher<byte[]>> response(Iterator<String> lines) {
    Publisher<byte[]> chunks =
        Flux.<byte[]>generate(
                sink -> {
                  if (lines.hasNext()) {
                    sink.next(chunk(lines));
                  } else {
                    sink.complete();
                  }
                })
            .subscribeOn(READERS);
    return HttpResponse.<Publisher<byte[]>>ok(chunks).contentType(MediaType.of(MEDIA_TYPE));
  }

  private static byte[] chunk(Iterator<String> lines) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK_BYTES);
    while (chunk.size() < CHUNK_BYTES && lines.hasNext()) {
      chunk.writeBytes(lines.next().getBytes(StandardCharsets.UTF_8));
      chunk.write('\n');
    }
    return chunk.toByteArray();
  }
}
