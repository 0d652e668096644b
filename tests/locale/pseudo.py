# SPDX-License-Identifier: GPL-3.0-or-later
"""A language that nobody speaks: English between marks and 40 % longer, so that what is not translated, and
what has no room for it, is seen."""

import re
import subprocess

BEGIN, END, FILLER = '⟦', '⟧', 'ø'
RIGHT_TO_LEFT_MARK = '\u200f'
STRING = r'"(?:[^"\\]|\\.)*"'
HEADER = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
          '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n')


def translate(text, right_to_left=False):
    """What a message becomes; `text` is as in a .po file. Placeholders and mnemonics stay."""
    letters = len(re.sub(r'%[^a-zA-Z%]*[a-zA-Z%]|_', '', text))
    # A filler is no word: lines must be able to break in it.
    filler = ' '.join(re.findall(FILLER + '{1,7}', FILLER * max(1, round(letters * 0.4))))
    start, core, end = re.fullmatch(r'((?:\\n)*)(.*?)((?:\\n)*)', text, re.DOTALL).groups()
    return start + (RIGHT_TO_LEFT_MARK if right_to_left else '') + BEGIN + core + filler + END + end


def make(template, right_to_left=False):
    """The text of a template as the text of a .po file."""
    def value(block, keyword):
        match = re.search(rf'^{re.escape(keyword)} ((?:{STRING}\n?)+)', block, re.MULTILINE)
        return ''.join(part[1:-1] for part in re.findall(STRING, match[1])) if match else None

    blocks = [HEADER]
    for block in template.split('\n\n')[1:]:
        context, message, plural = (value(block, keyword) for keyword in ('msgctxt', 'msgid', 'msgid_plural'))
        if not message:
            continue
        lines = [f'msgctxt "{context}"'] if context is not None else []
        lines.append(f'msgid "{message}"')
        if plural is None:
            lines.append(f'msgstr "{translate(message, right_to_left)}"')
        else:
            lines.append(f'msgid_plural "{plural}"')
            lines += [f'msgstr[{i}] "{translate(text, right_to_left)}"' for i, text in enumerate((message, plural))]
        blocks.append('\n'.join(lines) + '\n\n')
    return ''.join(blocks)


def make_gtk(right_to_left):
    """Of GTK's own texts, the one that says in which direction its windows are."""
    return HEADER + f'msgid "default:LTR"\nmsgstr "default:{"RTL" if right_to_left else "LTR"}"\n'


def extract(root, files):
    """The template of the files of the project."""
    command = ['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
               '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3', '-o', '-', *files]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
