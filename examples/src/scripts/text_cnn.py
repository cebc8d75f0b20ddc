# The twin of TextCnn.java. Run: python3 examples/src/scripts/text_cnn.py
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


class TextCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(len(words), 24, padding_idx=0)
        self.convs = nn.ModuleList(nn.Conv1d(24, 16, size) for size in [2, 3, 4])
        self.dropout = nn.Dropout(0.5)
        self.out = nn.Linear(3 * 16, 2)

    def forward(self, ids):
        x = self.embedding(ids).transpose(1, 2)
        found = [F.relu(conv(x)).amax(2) for conv in self.convs]
        return self.out(self.dropout(torch.cat(found, 1)))


x = ids(sentences, 12)
model = TextCnn()
print(f"{len(words)} words, {sum(p.numel() for p in model.parameters())} parameters")
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
for step in range(61):
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 10 == 0:
        print(f"step {step:4d}  loss {loss.item():.5f}")

model.eval()
new = [
    "a wonderful film with a perfect ending",
    "a terrible film with a silly ending",
    "never boring and never too long",
    "the worst evening of this year",
    "not a good film",
]
with torch.no_grad():
    p = model(ids([text.split() for text in new], 12)).softmax(1)
for text, liked in zip(new, p[:, 1].tolist()):
    print(f"{liked:.3f}  {text}")
