// A word's vector in its sentence: the table has one row for "bank", the layers above two senses.
//
// In PyTorch, with transformers:
//
//     name = "sentence-transformers/all-MiniLM-L6-v2"
//     tokenizer, model = AutoTokenizer.from_pretrained(name), AutoModel.from_pretrained(name)
//     def bank(sentence, layer):
//       encoding = tokenizer(sentence, return_tensors="pt")
//       states = model(**encoding, output_hidden_states=True).hidden_states
//       at = encoding.tokens().index("bank")
//       return states[layer][0, at]
//     for layer in range(7):
//       money, loan, river = (bank(s, layer) for s in sentences)
//       print(layer, F.cosine_similarity(money, loan, 0), F.cosine_similarity(money, river, 0))
//
// Run: ./gradus examples/src/lessons/E12Contextual.java

import module gradus.text;

static double cosine(Tensor a, Tensor b) {
  return F.cosineSimilarity(a, b, 0, 1e-8).item();
}

void main() {
  var encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
  var money = encoder.inspect("She paid the cheque in at the bank.");
  var loan = encoder.inspect("The bank lent us the money for the house.");
  var river = encoder.inspect("The ducks sleep on the bank of the river.");
  IO.println(river.tokens());

  // Layer 0 is what goes into the first layer: the row of the table, and the place in the sentence.
  IO.println("layer  money-loan  money-river");
  for (int layer = 0; layer < river.hiddenStates().size(); layer++) {
    var bank = money.word("bank", layer);
    double same = cosine(bank, loan.word("bank", layer));
    double other = cosine(bank, river.word("bank", layer));
    IO.println("%5d %11.2f %12.2f".formatted(layer, same, other));
  }

  // Who looked at whom is there on request: one weight per head, asking and answering token.
  var heads = encoder.inspect("The ducks sleep on the bank of the river.", true).attentions();
  IO.println(heads.size() + " layers, each " + heads.getFirst().shape());
}
