package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.SharedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.jr.ob.JSON;

/** Real files and those with a note on what loading must give. */
class SharedWordFilesTest {

  @TempDir private Path folder;

  private static WordVectors load(String name) {
    return WordVectors.load(SharedFiles.format(name), LoadProgress.silent());
  }

  /** Words and numbers by the plainest means: for files without blanks in words. */
  private static void isAsWritten(WordVectors table, Path file) throws IOException {
    List<String> words = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    for (String line : Files.readString(file).split("\n")) {
      String[] fields = line.strip().split(" ");
      if (fields.length > 2) {
        words.add(fields[0]);
        for (int i = 1; i < fields.length; i++) {
          values.add(Float.parseFloat(fields[i]));
        }
      }
    }
    assertThat(table.vocabulary().words()).isEqualTo(words);
    float[] found = table.vectors().toFloatArray();
    assertThat(found).hasSize(values.size());
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(values.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "glove.6B.100d.subset.txt, 4518, 100, GLOVE_TEXT",
    "test_glove.txt, 76, 50, GLOVE_TEXT",
    "w2v_header.txt, 50, 100, WORD2VEC_TEXT",
    "word2vec_pre_kv_c, 1750, 10, WORD2VEC_FIXED_TEXT",
    "lee_fasttext.vec, 1762, 10, FASTTEXT_VEC",
    "crime-and-punishment.vec, 291, 5, FASTTEXT_VEC",
    "toy-model.vec, 22, 5, FASTTEXT_VEC",
    "fasttext/sg_ns.vec, 1263, 10, FASTTEXT_VEC",
    "fasttext/cbow_ns.vec, 1263, 10, FASTTEXT_VEC",
    "fasttext/sg_nosub.vec, 1263, 10, FASTTEXT_VEC",
    "fasttext/sup_softmax.vec, 967, 10, FASTTEXT_VEC"
  })
  void textReadsAsWrittenAndWritesTheSameBytes(
      String name, int rows, int dim, WordVectorFormat format) throws IOException {
    WordVectors table = load(name);
    assertThat(table.size()).isEqualTo(rows);
    assertThat(table.vectorSize()).isEqualTo(dim);
    isAsWritten(table, SharedFiles.format(name));
    Path copy = folder.resolve("copy");
    table.save(copy, format);
    assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(SharedFiles.format(name)));
    Path packed = folder.resolve("copy.gz");
    table.save(packed, format);
    WordVectors again = WordVectors.load(packed, LoadProgress.silent());
    assertThat(again.vocabulary().words()).isEqualTo(table.vocabulary().words());
    assertThat(again.vectors().toFloatArray()).isEqualTo(table.vectors().toFloatArray());
  }

  @ParameterizedTest
  @CsvSource({
    "w2v_c_newlines.bin, 50, 100, WORD2VEC_C_BINARY",
    "w2v_gensim_nonl.bin, 50, 100, WORD2VEC_BINARY",
    "euclidean_vectors.bin, 2747, 10, WORD2VEC_BINARY",
    "high_precision.kv.bin, 2, 2, WORD2VEC_BINARY"
  })
  void binaryWritesTheSameBytes(String name, int rows, int dim, WordVectorFormat format)
      throws IOException {
    WordVectors table = load(name);
    assertThat(table.size()).isEqualTo(rows);
    assertThat(table.vectorSize()).isEqualTo(dim);
    Path copy = folder.resolve("copy");
    table.save(copy, format);
    assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(SharedFiles.format(name)));
  }

  @Test
  void binaryHoldsWhatTextHolds() {
    WordVectors text = load("w2v_header.txt");
    for (String name : List.of("w2v_c_newlines.bin", "w2v_gensim_nonl.bin")) {
      assertThat(load(name).vocabulary().words()).isEqualTo(text.vocabulary().words());
      assertThat(load(name).vectors().toFloatArray()).isEqualTo(text.vectors().toFloatArray());
    }
    assertThat(load("high_precision.kv.bin").vectors().toFloatArray())
        .containsExactly(-7.367134e-04f, -8.267164e-05f, -8.544922e-04f, 7.696152e-04f);
    assertThat(load("high_precision.kv.txt").vectors().toFloatArray())
        .containsExactly(
            -0.0007369244245224787f,
            -8.269973595356034e-05f,
            -0.0008546282343595379f,
            0.0007694142576316829f);
  }

  @Test
  void edgesAreAsNoted() {
    WordVectors blanks = load("edge/glove_token_with_spaces.txt");
    assertThat(blanks.vocabulary().words()).containsExactly("the", ". . .", "at name@domain.com");
    assertThat(blanks.vectors().toFloatArray())
        .containsExactly(.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f);
    assertThat(load("edge/nbsp_token.txt").vocabulary().words())
        .containsExactly("a\u00a0b", "c\u2028d", "e\u0085f");
    assertThat(load("edge/crlf_trailing_ws.txt").vectors().toFloatArray())
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(load("edge/no_final_newline.txt").vectors().toFloatArray())
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(load("edge/sci.txt").vectors().toFloatArray())
        .containsExactly(1e-5f, -2000, .5f, .25f, -0f, 0, 1, 3);
  }

  @Test
  void wordsCutInTheMiddleOfALetter() {
    Path file = SharedFiles.format("w2v_keyedvectors_load_test.modeldata");
    assertThatThrownBy(() -> WordVectors.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("not UTF-8");
    // What gensim gives with unicode_errors="ignore".
    WordVectors table = WordVectors.load(file, UnicodeErrors.IGNORE, LoadProgress.silent());
    assertThat(table.vocabulary().words()).containsExactly("ありがとう", "どういたしまして");
    assertThat(table.vectors().toFloatArray()).containsExactly(.6f, .6f, .6f, .1f, .2f, .3f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad/empty.txt | byte 0: the file is empty",
        "bad/header_more_than_rows.txt | line 3: the file ends after 2 words, line 1 says there are 5",
        "bad/ragged.txt | line 3: 2 numbers where the first line says 3",
        "bad/negative_dim.txt | line 1: 2 words of -3 numbers",
        "bad/truncated.bin | line 1: 50 words of 100 numbers take 20,050 bytes or more",
        "pretrained.vec | line 2: the file ends after 1 words, line 1 says there are 3",
        "fasttext/bad_magic.bin | That is no known kind",
        "fasttext/truncated_matrix.bin | byte 91329: the output matrix is said to be [1263, 10]"
      })
  void badFilesAreRefused(String name, String problem) {
    Path file = SharedFiles.format(name);
    assertThatThrownBy(() -> WordVectors.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ", ")
        .hasMessageContaining(problem);
  }

  /** Every file of the folder that holds word vectors loads or is refused as its note says. */
  @Test
  void allAreAsTheManifestSays() throws IOException {
    Path manifest = SharedFiles.format("manifest.json");
    int seen = 0;
    for (var entry : JSON.std.mapFrom(Files.readString(manifest)).entrySet()) {
      String name = entry.getKey();
      Map<?, ?> note = (Map<?, ?>) entry.getValue();
      if (name.contains("npy") || name.contains("safetensors")) {
        continue;
      }
      seen++;
      if (note.get("expect").toString().startsWith("error")) {
        assertThatThrownBy(() -> load(name)).as(name).isInstanceOf(FormatException.class);
      } else {
        WordVectors table = load(name);
        assertThat(table.size())
            .as(name)
            .isEqualTo(note.get("rows") == null ? table.size() : note.get("rows"));
        assertThat(table.vectorSize())
            .as(name)
            .isEqualTo(note.get("dim") == null ? 10 : note.get("dim"));
      }
    }
    assertThat(seen).isGreaterThanOrEqualTo(20);
  }

  @Test
  void textOfTheProjectorsKind() throws IOException {
    WordVectors table = load("high_precision.kv.txt");
    table.save(folder.resolve("projector"), WordVectorFormat.EMBEDDING_PROJECTOR);
    assertThat(Files.readString(folder.resolve("projector/metadata.tsv"), StandardCharsets.UTF_8))
        .isEqualTo("kangaroo.n.01\nhorse.n.01\n");
    assertThat(Files.readString(folder.resolve("projector/vectors.tsv")))
        .isEqualTo("-0.0007369244\t-8.2699735e-05\n-0.0008546282\t0.00076941424\n");
  }
}
