package io.scrip.http;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.scrip.crypto.AuditSigningKey;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The OpenAPI document and Swagger UI, on the management port, from the program itself: nothing is
 * fetched from elsewhere.
 */
@Hidden
@Controller(port = "${endpoints.all.port}")
final class ManagementController {
  private static final Pattern FILE = Pattern.compile("[a-z-]{1,40}\\.(css|js|html|png)");
  private static final Map<String, MediaType> TYPES =
      Map.of(
          "css", MediaType.TEXT_CSS_TYPE,
          "js", MediaType.of("text/javascript"),
          "html", MediaType.TEXT_HTML_TYPE,
          "png", MediaType.IMAGE_PNG_TYPE);
  private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/%s/%s";

  private final String version;
  private final AuditSigningKey auditKey;
  private final OpenApiDocument document;

  ManagementController(
      @Value("${scrip.swagger-ui.version}") String version,
      AuditSigningKey auditKey,
      OpenApiDocument document) {
    this.version = version;
    this.auditKey = auditKey;
    this.document = document;
  }

  /** What verifies the audit trail, for {@code scrip audit verify --public-key}. */
  @Get(value = "/audit-key.pem", produces = MediaType.TEXT_PLAIN)
  String auditKey() {
    return auditKey.publicKeyPem();
  }

  @Get(value = "/openapi.yaml", produces = MediaType.APPLICATION_YAML)
  String openApi() {
    return document.text();
  }

  @Get("/swagger-ui")
  HttpResponse<?> swaggerUi() {
    return resource("swagger-ui/index.html", MediaType.TEXT_HTML_TYPE);
  }

  @Get("/swagger-ui/{file}")
  HttpResponse<?> asset(String file) {
    if (!FILE.matcher(file).matches()) {
      return Problems.response(Problem.of(ProblemType.NOT_FOUND, "Swagger UI has no such file."));
    }
    String extension = file.substring(file.lastIndexOf('.') + 1);
    MediaType type = Optional.ofNullable(TYPES.get(extension)).orElseThrow();
    return file.equals("start.js")
        ? resource("swagger-ui/start.js", type)
        : resource(WEBJAR.formatted(version, file), type);
  }

  private static HttpResponse<?> resource(String path, MediaType type) {
    InputStream resource = ManagementController.class.getClassLoader().getResourceAsStream(path);
    return resource == null
        ? Problems.response(Problem.of(ProblemType.NOT_FOUND, "There is no such file."))
        : HttpResponse.ok(new StreamedFile(resource, type));
  }
}
