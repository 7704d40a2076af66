package io.scrip.gateway;

import io.scrip.gateway.GatewayException.StoreUnusable;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The text of a kong.yml, read as YAML and changed as text: one block of lines for another. */
final class KongDocument {
  static final String CONSUMER = "auth0-tenant";

  /** A tag of Kong's cannot have a comma or a slash in it; an ISO time has neither. */
  private static final String WITHDRAWN = "withdrawn:";

  private final String text;
  private final NodeTuple block;

  /**
   * @throws StoreUnusable when it is no YAML, or the consumer is not in it once, with a {@code
   *     jwt_secrets} that is to be filled
   */
  KongDocument(String text) throws StoreUnusable {
    this.text = text;
    this.block = block(root(text));
  }

  List<Credential> credentials() throws StoreUnusable {
    if (!(block.getValueNode() instanceof SequenceNode entries)) {
      throw new StoreUnusable("jwt_secrets is not a list");
    }
    List<Credential> credentials = new ArrayList<>();
    for (Node entry : entries.getValue()) {
      credentials.add(
          new Credential(
              scalar(entry, "key"),
              scalar(entry, "algorithm"),
              scalar(entry, "rsa_public_key"),
              withdrawn(entry)));
    }
    return credentials;
  }

  /** The same text with these credentials, and no others, in it. */
  String with(List<Credential> credentials) throws StoreUnusable {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int first = block.getKeyNode().getStartMark().getLine();
    int column = block.getKeyNode().getStartMark().getColumn();
    int last = last(lines, column);
    String before = lines.get(first).substring(0, column);
    lines.subList(first, last + 1).clear();
    lines.addAll(first, written(credentials, before, " ".repeat(column)));
    String changed = String.join("\n", lines) + "\n";
    requireNothingElse(changed, credentials);
    return changed;
  }

  /** The last line of the block: what is indented deeper, without the comments that follow it. */
  private int last(List<String> lines, int column) {
    int first = block.getKeyNode().getStartMark().getLine();
    if (((SequenceNode) block.getValueNode()).getFlowStyle() == FlowStyle.FLOW) {
      return block.getValueNode().getEndMark().getLine();
    }
    int last = first;
    for (int line = first + 1; line < lines.size(); line++) {
      String content = lines.get(line).strip();
      int indent = lines.get(line).indexOf(content);
      boolean within = indent > column || (indent == column && content.startsWith("-"));
      if (!content.isEmpty() && !content.startsWith("#")) {
        if (!within) {
          return last;
        }
        last = line;
      }
    }
    return last;
  }

  private static List<String> written(
      List<Credential> credentials, String before, String indentation) {
    List<String> lines = new ArrayList<>();
    lines.add(before + "jwt_secrets:" + (credentials.isEmpty() ? " []" : ""));
    for (Credential credential : credentials) {
      lines.add(indentation + "- key: " + YamlText.quoted(credential.kid()));
      lines.add(indentation + "  algorithm: " + credential.algorithm());
      lines.add(indentation + "  secret: unused");
      credential
          .withdrawn()
          .ifPresent(time -> lines.add(indentation + "  tags: [\"" + WITHDRAWN + time + "\"]"));
      lines.add(indentation + "  rsa_public_key: |");
      credential.pem().lines().forEach(line -> lines.add(indentation + "    " + line));
    }
    return lines;
  }

  /**
   * What was changed as text is read as YAML again: the credentials are these, the rest is as it
   * was.
   */
  private void requireNothingElse(String changed, List<Credential> credentials)
      throws StoreUnusable {
    if (!new KongDocument(changed).credentials().equals(credentials)
        || !rest(changed).equals(rest(text))) {
      throw new StoreUnusable("the file has a form that cannot be changed safely; nothing was");
    }
  }

  /** Everything but the credentials, as plain values. */
  private static String rest(String text) throws StoreUnusable {
    Object whole = values(text);
    if (whole instanceof Map<?, ?> map && map.get("consumers") instanceof List<?> list) {
      list.stream()
          .filter(one -> one instanceof Map<?, ?> it && CONSUMER.equals(it.get("username")))
          .forEach(one -> ((Map<?, ?>) one).remove("jwt_secrets"));
    }
    return String.valueOf(whole);
  }

  private static Object values(String text) throws StoreUnusable {
    try {
      return yaml().load(text);
    } catch (YAMLException e) {
      throw new StoreUnusable("the file is not one YAML document without repeated keys");
    }
  }

  private static Node root(String text) throws StoreUnusable {
    try {
      Node root = yaml().compose(new StringReader(text));
      if (root != null) {
        return root;
      }
    } catch (YAMLException e) {
      // its message repeats a piece of the file
    }
    throw new StoreUnusable("the file is not one YAML document");
  }

  private static NodeTuple block(Node root) throws StoreUnusable {
    List<NodeTuple> blocks =
        find(root, "consumers")
            .map(NodeTuple::getValueNode)
            .filter(SequenceNode.class::isInstance)
            .map(consumers -> ((SequenceNode) consumers).getValue().stream())
            .orElse(Stream.empty())
            .filter(consumer -> scalar(consumer, "username").equals(CONSUMER))
            .filter(consumer -> ((MappingNode) consumer).getFlowStyle() == FlowStyle.BLOCK)
            .flatMap(consumer -> find(consumer, "jwt_secrets").stream())
            .toList();
    if (blocks.size() != 1) {
      throw new StoreUnusable(
          "the file lacks one consumer " + CONSUMER + " with jwt_secrets, in block form");
    }
    return blocks.getFirst();
  }

  private static Optional<NodeTuple> find(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(tuple -> value(tuple.getKeyNode()).equals(key))
            .findFirst()
        : Optional.empty();
  }

  private static String scalar(Node node, String key) {
    return find(node, key).map(tuple -> value(tuple.getValueNode())).orElse("");
  }

  private static String value(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static Optional<String> withdrawn(Node entry) {
    return find(entry, "tags").map(NodeTuple::getValueNode).stream()
        .flatMap(
            tags -> tags instanceof SequenceNode list ? list.getValue().stream() : Stream.empty())
        .map(KongDocument::value)
        .filter(tag -> tag.startsWith(WITHDRAWN))
        .map(tag -> tag.substring(WITHDRAWN.length()))
        .findFirst();
  }

  /** Plain values only; an alias is refused like whatever else might grow. */
  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    return new Yaml(new SafeConstructor(options));
  }
}
