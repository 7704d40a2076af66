package io.scrip.http;

import java.util.Map;

class H2TokenApiTest extends TokenApiContract {
  @Override
  Map<String, Object> database() {
    return Map.of();
  }
}
