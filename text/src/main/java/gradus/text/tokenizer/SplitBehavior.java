package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** What becomes of the matches a text is split at. Hugging Face: SplitDelimiterBehavior. */
enum SplitBehavior {
  REMOVED,
  ISOLATED,
  MERGED_WITH_PREVIOUS,
  MERGED_WITH_NEXT,
  CONTIGUOUS;

  /** A piece of the text and whether it was a match. */
  private record Piece(int start, int end, boolean match) {}

  /** The parts of a text; none is empty. */
  void split(NormalizedString text, TextPattern pattern, List<NormalizedString> out) {
    if (this == REMOVED || this == ISOLATED) {
      pattern.matches(
          text,
          (start, end, match) -> {
            if (start < end && !(match && this == REMOVED)) {
              out.add(text.slice(start, end));
            }
          });
      return;
    }
    List<Piece> pieces = new ArrayList<>();
    pattern.matches(text, (start, end, match) -> pieces.add(new Piece(start, end, match)));
    for (Piece piece : this == MERGED_WITH_NEXT ? mergedWithNext(pieces) : merged(pieces)) {
      if (piece.start < piece.end) {
        out.add(text.slice(piece.start, piece.end));
      }
    }
  }

  private List<Piece> merged(List<Piece> pieces) {
    List<Piece> merged = new ArrayList<>();
    boolean previous = false;
    for (Piece piece : pieces) {
      boolean join = this == CONTIGUOUS ? piece.match == previous : piece.match && !previous;
      if (join && !merged.isEmpty()) {
        Piece last = merged.removeLast();
        merged.add(new Piece(last.start, piece.end, piece.match));
      } else {
        merged.add(piece);
      }
      previous = piece.match;
    }
    return merged;
  }

  private static List<Piece> mergedWithNext(List<Piece> pieces) {
    List<Piece> merged = new ArrayList<>();
    boolean previous = false;
    for (Piece piece : pieces.reversed()) {
      if (piece.match && !previous && !merged.isEmpty()) {
        Piece last = merged.removeLast();
        merged.add(new Piece(piece.start, last.end, true));
      } else {
        merged.add(piece);
      }
      previous = piece.match;
    }
    return merged.reversed();
  }
}
