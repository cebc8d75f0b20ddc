package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Words to ids and back. */
class VocabTest {
  private static final List<List<String>> SENTENCES =
      List.of(
          List.of("the", "cat", "sat"),
          List.of("the", "dog", "sat", "down"),
          List.of("the", "cat"));

  @Test
  void frequentWordsComeFirstAndEqualOnesByTheAlphabet() {
    assertThat(Vocab.of(SENTENCES).words()).containsExactly("the", "cat", "sat", "dog", "down");
    Vocab vocab =
        Vocab.of(SENTENCES, o -> o.minFreq(2).specials("<pad>", "<unk>", "cat").maxTokens(4));
    assertThat(vocab.words()).containsExactly("<pad>", "<unk>", "cat", "the");
    assertThat(vocab.count("down")).isEqualTo(1);
    assertThat(vocab.count("fish")).isZero();
    assertThat(vocab.contains("down")).isFalse();
  }

  @Test
  void sentencesBecomeATensorAndComeBack() {
    Vocab vocab = Vocab.of(SENTENCES, o -> o.specials("<pad>", "<unk>"));
    Tensor ids = vocab.ids(SENTENCES, 0);
    assertThat(ids)
        .hasToString("tensor([[2, 3, 4, 0],\n        [2, 5, 4, 6],\n        [2, 3, 0, 0]])");
    assertThat(vocab.ids(SENTENCES, 2).shape().toArray()).containsExactly(3, 2);
    assertThat(vocab.words(ids.select(0, 1))).isEqualTo(SENTENCES.get(1));
    assertThat(vocab.words(vocab.ids(List.of("the", "fish")))).containsExactly("the", "<unk>");
    assertThat(vocab.find("fish")).isEmpty();
    assertThat(vocab.find("dog")).hasValue(5);
  }

  @Test
  void lettersHaveTheirPlaces() {
    Vocab letters = Vocab.ofWords(List.of(".", "a", "b"));
    assertThat(letters.ids(List.of("b", "a", "."))).hasToString("tensor([2, 1, 0])");
    assertThat(letters.size()).isEqualTo(3);
  }

  @Test
  void whatHasNoIdIsRefusedWithTheCure() {
    Vocab bare = Vocab.of(SENTENCES);
    assertThatThrownBy(() -> bare.id("fish"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"fish\" is not among the 5 words")
        .hasMessageContaining("o.specials(\"<unk>\")");
    assertThatThrownBy(() -> bare.ids(SENTENCES, 9))
        .hasMessageContaining("o.specials(\"<pad>\", \"<unk>\")");
    assertThatThrownBy(() -> bare.word(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Vocab.ofWords(List.of("a", "a"))).hasMessageContaining("twice");
    Vocab other =
        Vocab.of(SENTENCES, o -> o.specials("[UNK]", "[PAD]").unknown("[UNK]").padding("[PAD]"));
    assertThat(other.id("fish")).isZero();
    assertThat(other.ids(List.of(List.of("the")), 2)).hasToString("tensor([[2, 1]])");
  }
}
