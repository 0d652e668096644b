/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "engine/base/road-text-escape.h"

/* Nothing of a message or a report may command a terminal. */
static inline void
assert_printable (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || road_text_is_printable (g_utf8_get_char (p)));
}

/* What libFuzzer calls, or standalone.c. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
