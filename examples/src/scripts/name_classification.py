# The twin of NameClassification.java. Run: python3 examples/src/scripts/name_classification.py
import sys

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

torch.manual_seed(1)
path = sys.argv[1] if len(sys.argv) > 1 else "examples/src/scripts/names.txt"
lines = [line.split() for line in open(path)]
languages = sorted({language for _, language in lines})
letters = ".abcdefghijklmnopqrstuvwxyz"


def ids(name):
    return torch.tensor([letters.index(letter) for letter in name])


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(27, 16)
        self.rnn = nn.RNN(16, 64, batch_first=True)
        self.out = nn.Linear(64, len(languages))

    def forward(self, x, lengths):
        packed = pack_padded_sequence(
            self.embedding(x), lengths, batch_first=True, enforce_sorted=False
        )
        _, hidden = self.rnn(packed)
        return self.out(hidden[0])


x = pad_sequence([ids(name) for name, _ in lines], batch_first=True)
lengths = torch.tensor([len(name) for name, _ in lines])
y = torch.tensor([languages.index(language) for _, language in lines])
order = torch.randperm(len(lines))
learnt, unseen = order[:400], order[400:]

model = Classifier()
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
step = 0
for epoch in range(8):
    for batch in learnt[torch.randperm(len(learnt))].split(32):
        loss = F.cross_entropy(model(x[batch], lengths[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 20 == 0:
            print(f"step {step:4d}  loss {loss.item():.5f}")
        step += 1

with torch.no_grad():
    guess = model(x[unseen], lengths[unseen]).argmax(1)
    print(f"right: {(guess == y[unseen]).sum().item()} of {len(unseen)} new names")
    confusion = torch.zeros(len(languages), len(languages))
    for i, j in zip(y[unseen].tolist(), guess.tolist()):
        confusion[i, j] += 1
    for language, row in zip(languages, confusion.tolist()):
        print(f"{language:>10}" + "".join(f"{count:4.0f}" for count in row))
    for name in ["takahiro", "stanislawa", "giovannina", "gottlieb"]:
        p = model(ids(name).unsqueeze(0), torch.tensor([len(name)])).softmax(1)[0]
        best, language = p.max(0)
        print(f"{name:>10}: {languages[language]} {best.item():.3f}")
