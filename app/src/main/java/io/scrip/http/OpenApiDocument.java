package io.scrip.http;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.scrip.policy.Permission;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document: what the compiler made of the controllers, and for each call the permission
 * it needs and every problem it can answer with, from {@link Needs}, {@link Fails} and {@link
 * CommonProblems}. Put together when somebody first asks.
 */
@Singleton
final class OpenApiDocument {
  private static final String RESOURCE = "META-INF/swagger/scrip.yml";
  private static final String OURS = "/v1/";

  private final Provider<Router> router;
  private @Nullable String text;

  OpenApiDocument(Provider<Router> router) {
    this.router = router;
  }

  /** As YAML. */
  synchronized String text() {
    if (text == null) {
      text = make();
    }
    return text;
  }

  private String make() {
    Map<String, Object> document = YamlText.read(generated());
    YamlText.tidy(document);
    Map<String, Object> paths = YamlText.object(document, "paths");
    router
        .get()
        .uriRoutes()
        .filter(route -> path(route).startsWith(OURS))
        .filter(route -> paths.containsKey(path(route)))
        .forEach(route -> complete(YamlText.object(paths, path(route)), route));
    YamlText.object(document, "components").put("headers", ProblemAnswers.headers());
    return YamlText.print(document);
  }

  private static void complete(Map<String, Object> path, UriRouteInfo<?, ?> route) {
    String method = route.getHttpMethodName().toLowerCase(Locale.ROOT);
    if (path.containsKey(method)) {
      complete(YamlText.object(path, method), route.getTargetMethod().getAnnotationMetadata());
    }
  }

  private static void complete(Map<String, Object> operation, AnnotationMetadata annotations) {
    List<String> permissions =
        Arrays.stream(annotations.enumValues(Needs.class, Permission.class))
            .map(Permission::word)
            .toList();
    operation.put(
        "description", "Needs the permission `" + String.join("` or `", permissions) + "`.");
    operation.put(
        "security", permissions.stream().map(word -> Map.of(Api.SECURITY, List.of(word))).toList());
    Set<ProblemType> problems =
        EnumSet.copyOf(CommonProblems.of(operation.containsKey("requestBody")));
    problems.addAll(Arrays.asList(annotations.enumValues(Fails.class, ProblemType.class)));
    YamlText.object(operation, "responses").putAll(ProblemAnswers.of(problems));
  }

  private static String path(UriRouteInfo<?, ?> route) {
    return route.getUriMatchTemplate().toString();
  }

  private static String generated() {
    try (InputStream resource =
        OpenApiDocument.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("the program was built without its OpenAPI document");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
