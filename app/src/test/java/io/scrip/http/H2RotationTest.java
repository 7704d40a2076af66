package io.scrip.http;

import java.util.Map;

class H2RotationTest extends RotationContract {
  @Override
  Map<String, Object> database() {
    return Map.of();
  }
}
