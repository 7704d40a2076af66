package io.scrip.http;

/**
 * A request's body, read strictly.
 *
 * @param root the object at the top
 * @param bytes the body as it came
 */
record JsonBody(JsonFields root, byte[] bytes) {
  @Override
  public String toString() {
    return "JsonBody[redacted]";
  }
}
