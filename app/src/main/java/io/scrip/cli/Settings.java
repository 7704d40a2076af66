package io.scrip.cli;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.scrip.identity.Plane;
import io.scrip.identity.StartRefused;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Compares what the operator wrote under {@code scrip} with what the configuration records take.
 * Left alone, Micronaut reads a misspelt setting, or a value that it cannot convert, as if it were
 * not there, and the default holds without a word.
 */
final class Settings {
  private static final String OURS = "scrip.";

  /**
   * Not fields of a record: what application-dev.yml and the conditions of beans look at, and where
   * we are.
   */
  private static final List<String> OTHERS =
      List.of(Plane.SETTING, "scrip.data-folder", "scrip.issuer.*", "scrip.swagger-ui.*");

  /** What Kubernetes sets in every pod beside a Service that is called scrip. */
  private static final String SERVICE_LINK = "SCRIP_(.*_)?(SERVICE_(HOST|PORT.*)|PORT(_.*)?)";

  private final Environment environment;
  private final List<Setting> known;

  Settings(BeanContext context, Environment environment) {
    this.environment = environment;
    this.known =
        context
            .getBeanDefinitions(Qualifiers.<Object>byStereotype(ConfigurationReader.class))
            .stream()
            .filter(definition -> definition.getBeanType().getName().startsWith("io.scrip."))
            .flatMap(definition -> Stream.of(definition.getConstructor().getArguments()))
            .flatMap(Setting::of)
            .toList();
  }

  /**
   * @throws StartRefused for the first setting that no record has, or whose value its record cannot
   *     take; the value is not repeated, since it may be a secret under the wrong name
   */
  void check() {
    environment.getPropertySources().stream()
        .filter(
            source ->
                source.getConvention() != PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE)
        .flatMap(source -> StreamSupport.stream(source.spliterator(), false))
        .map(name -> NameUtils.hyphenate(name))
        .filter(name -> name.startsWith(OURS))
        .forEach(this::checkName);
    System.getenv().keySet().stream()
        .filter(name -> name.startsWith("SCRIP_") && !name.matches(SERVICE_LINK))
        .forEach(this::checkVariable);
    known.forEach(setting -> setting.names(environment).forEach(name -> checkValue(setting, name)));
  }

  private void checkName(String name) {
    if (known.stream().noneMatch(setting -> setting.isNamed(name))
        && OTHERS.stream().noneMatch(other -> name.matches(pattern(other, "\\.", ".+")))) {
      throw new StartRefused(name, "is no setting of this version");
    }
  }

  private void checkVariable(String variable) {
    if (Stream.concat(known.stream().map(Setting::name), OTHERS.stream())
        .noneMatch(name -> variable.matches(pattern(variable(name), "_", ".+") + "(_.*)?"))) {
      throw new StartRefused(variable, "is no setting of this version");
    }
  }

  private void checkValue(Setting setting, String name) {
    if (environment.containsProperty(name)
        && environment.getProperty(name, setting.type).isEmpty()) {
      throw new StartRefused(name, "cannot be read as " + setting.type.getType().getSimpleName());
    }
  }

  private static String variable(String name) {
    return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  private static String pattern(String name, String dot, String any) {
    return name.replace(".", dot).replace("*", any);
  }

  /**
   * @param name {@code scrip.auth.issuers.*.issuer}: the star stands for a name the operator chose
   * @param type what it has to be convertible to
   */
  private record Setting(String name, Argument<?> type) {
    static Stream<Setting> of(Argument<?> argument) {
      Argument<?> type =
          argument.isOptional() ? argument.getFirstTypeVariable().orElse(argument) : argument;
      return argument.getAnnotationMetadata().stringValue(Property.class, "name").stream()
          .map(name -> new Setting(name, type));
    }

    boolean isNamed(String candidate) {
      boolean many =
          Collection.class.isAssignableFrom(type.getType())
              || Map.class.isAssignableFrom(type.getType());
      return candidate.matches(pattern(name, "\\.", "[^.]+") + (many ? "([.\\[].*)?" : ""));
    }

    /** The settings of this kind that are there: one, or one for each name. */
    Stream<String> names(Environment environment) {
      int star = name.indexOf(".*.");
      return star < 0
          ? Stream.of(name)
          : environment.getPropertyEntries(name.substring(0, star)).stream()
              .map(entry -> name.replace("*", entry));
    }
  }
}
