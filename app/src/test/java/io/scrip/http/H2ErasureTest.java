package io.scrip.http;

import java.util.Map;

class H2ErasureTest extends ErasureContract {
  @Override
  Map<String, Object> database() {
    return Map.of();
  }
}
