# The twin of Seq2SeqAttention.java. Run: python3 examples/src/scripts/seq2seq_attention.py
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(1)
months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
letters = " 0123456789-abcdefghijklmnopqrstuvwxyz"


def ids(texts):
    length = max(len(text) for text in texts)
    return torch.tensor([[letters.index(c) for c in text.ljust(length)] for text in texts])


def dates(n):
    day = torch.randint(1, 29, (n,)).tolist()
    month = torch.randint(1, 13, (n,)).tolist()
    year = torch.randint(1900, 2100, (n,)).tolist()
    spoken = [f"{d} {months[m - 1]} {y}" for d, m, y in zip(day, month, year)]
    written = [f"{y}-{m:02d}-{d:02d}" for d, m, y in zip(day, month, year)]
    return spoken, written


class Encoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embedding = nn.Embedding(len(letters), width)
        self.gru = nn.GRU(width, width, batch_first=True, bidirectional=True)

    def forward(self, source):
        output, _ = self.gru(self.embedding(source))
        return output


class Decoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.embedding = nn.Embedding(len(letters), width)
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(2 * width, width)
        self.score = nn.Linear(width, 1)
        self.cell = nn.GRUCell(3 * width, width)
        self.out = nn.Linear(3 * width, len(letters))

    def forward(self, encoded, length, target=None):
        keys = self.key(encoded)
        hidden = torch.zeros(len(encoded), self.width)
        letter = torch.zeros(len(encoded), dtype=torch.long)
        logits, attentions = [], []
        for i in range(length):
            # How well does each letter of the source fit to what is to be written?
            scores = self.score(torch.tanh(self.query(hidden).unsqueeze(1) + keys))
            attention = scores.softmax(1)
            context = (attention * encoded).sum(1)
            hidden = self.cell(torch.cat([self.embedding(letter), context], 1), hidden)
            logits.append(self.out(torch.cat([hidden, context], 1)))
            attentions.append(attention.squeeze(2))
            letter = logits[i].argmax(1) if target is None else target[:, i]
        return torch.stack(logits, 1), torch.stack(attentions, 1)


encoder, decoder = Encoder(32), Decoder(32)
optimizer = torch.optim.Adam(nn.ModuleList([encoder, decoder]).parameters(), lr=0.01)
for step in range(121):
    spoken, written = dates(48)
    target = ids(written)
    logits, _ = decoder(encoder(ids(spoken)), 10, target)
    loss = F.cross_entropy(logits.flatten(0, 1), target.flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 20 == 0:
        print(f"step {step:4d}  loss {loss.item():.5f}")

with torch.no_grad():
    spoken, written = dates(100)
    logits, attention = decoder(encoder(ids(spoken)), 10)
guesses = ["".join(letters[i] for i in row) for row in logits.argmax(2).tolist()]
print(f"right: {sum(a == b for a, b in zip(guesses, written))} of 100 new dates")
print(f"{spoken[0]} is {guesses[0]}; in percent, what each letter was read from:")
print("   " + "".join(f"{letter:>4}" for letter in spoken[0]))
for letter, row in zip(guesses[0], attention[0, :, : len(spoken[0])].tolist()):
    print(f"  {letter}" + "".join(f"{100 * a:4.0f}" for a in row))
