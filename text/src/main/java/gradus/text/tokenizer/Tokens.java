package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All tokens of a tokenizer, the model's and the added ones, by name and by number. */
final class Tokens {

  private final ModelVocabulary model;
  private final List<AddedToken> added;
  private final Map<String, Integer> addedIds = new HashMap<>();
  private final Map<Integer, String> addedTokens = new HashMap<>();
  private final Set<String> special = new HashSet<>();

  Tokens(ModelVocabulary model, List<AddedToken> added) {
    this.model = model;
    this.added = List.copyOf(added);
    for (AddedToken token : added) {
      addedIds.put(token.content(), token.id());
      addedTokens.put(token.id(), token.content());
      if (token.special()) {
        special.add(token.content());
      }
    }
  }

  List<AddedToken> added() {
    return added;
  }

  /** The number of a token, or -1. */
  int id(String token) {
    Integer id = addedIds.get(token);
    return id != null ? id : model.id(token);
  }

  /** The token of a number, or null. */
  String token(int id) {
    String token = model.token(id); // an added token of the model's is written alike
    return token != null ? token : addedTokens.get(id);
  }

  boolean isSpecial(String token) {
    return special.contains(token);
  }

  /** All tokens, the model's first. */
  Map<String, Integer> ids() {
    Map<String, Integer> all = new HashMap<>(model.ids());
    all.putAll(addedIds);
    return all;
  }

  int size() {
    int count = model.size();
    for (String token : addedIds.keySet()) {
      count += model.id(token) < 0 ? 1 : 0;
    }
    return count;
  }

  /** The tokens in the order of their numbers; empty where a number has none. */
  List<String> inOrder() {
    Map<String, Integer> ids = ids();
    int last = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    List<String> tokens = new ArrayList<>(last + 1);
    for (int id = 0; id <= last; id++) {
      String token = token(id);
      tokens.add(token == null ? "" : token);
    }
    return tokens;
  }
}
