# The twin of BiLstmAttention.java. Run: python3 examples/src/scripts/bi_lstm_attention.py
import math
import sys
from collections import Counter

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/reviews.txt"
lines = [line.split() for line in open(path)]
sentences = [line[1:] for line in lines]
y = torch.tensor([int(line[0]) for line in lines])
counts = Counter(word for sentence in sentences for word in sentence)
words = ["<pad>", "<unk>"] + sorted(counts, key=lambda word: (-counts[word], word))
number = {word: i for i, word in enumerate(words)}


def ids(sentences, length):
    rows = [[number.get(word, 1) for word in sentence] for sentence in sentences]
    return torch.tensor([row + [0] * (length - len(row)) for row in rows])


class BiLstmAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(len(words), 24, padding_idx=0)
        self.lstm = nn.LSTM(24, 24, batch_first=True, bidirectional=True)
        self.score = nn.Linear(48, 1, bias=False)
        self.out = nn.Linear(48, 2)

    def forward(self, ids):
        output, _ = self.lstm(self.embedding(ids))
        scores = self.score(output.tanh()).squeeze(2)
        attention = scores.masked_fill(ids == 0, -math.inf).softmax(1)
        context = (attention.unsqueeze(2) * output).sum(1)
        return self.out(context.tanh()), attention


x = ids(sentences, 12)
model = BiLstmAttention()
print(f"{len(words)} words, {sum(p.numel() for p in model.parameters())} parameters")
optimizer = torch.optim.Adam(model.parameters(), lr=0.004)
for step in range(41):
    logits, _ = model(x)
    loss = F.cross_entropy(logits, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 10 == 0:
        print(f"step {step:4d}  loss {loss.item():.5f}")

new = ["a wonderful story and never boring", "a stupid story and never funny"]
with torch.no_grad():
    logits, attention = model(ids([text.split() for text in new], 12))
for i, text in enumerate(new):
    print(f"{logits.softmax(1)[i, 1].item():.3f}  {text}")
    for j, word in enumerate(text.split()):
        print(f"  {word:<10} {100 * attention[i, j].item():5.1f} %")
