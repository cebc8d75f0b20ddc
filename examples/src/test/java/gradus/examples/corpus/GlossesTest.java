package gradus.examples.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlossesTest {

  @Test
  void everyDefinitionBehindItsWords() {
    List<List<String>> glosses = Glosses.sentences();
    assertThat(glosses).hasSize(117_791);
    assertThat(String.join(" ", glosses.get(2)))
        .isEqualTo(
            "abstraction abstract_entity a general concept formed by extracting common features"
                + " from specific examples");
    long words = glosses.stream().mapToLong(List::size).sum();
    assertThat(words).isBetween(1_600_000L, 1_700_000L);
    assertThat(glosses).allSatisfy(gloss -> assertThat(gloss).hasSizeGreaterThan(1));
    assertThat(glosses.get(5)).as("each word is one object").contains("is");
    assertThat(word("is", glosses.get(5))).isSameAs(word("is", glosses.get(0)));
  }

  private static String word(String word, List<String> gloss) {
    return gloss.stream().filter(word::equals).findFirst().orElseThrow();
  }

  @Test
  void signsPartWords() {
    String line =
        "00004258 00 s 02 galore(ip) 0 well-to-do 0 001 & 00004475 a 0000 | in great numbers, the"
            + " 'best' - one's own (self-made); \"Ein Café\"  ";
    assertThat(Glosses.sentence(line, new HashMap<>()))
        .containsExactly(
            "galore",
            "well-to-do",
            "in",
            "great",
            "numbers",
            "the",
            "best",
            "one's",
            "own",
            "self-made",
            "ein",
            "café");
  }
}
