/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* By how much a limit on time is to be larger, as under valgrind: ROADSTEAD_TEST_SLOWNESS in the environment, or 1. */
static inline gint64
get_slowness (void)
{
  const char *text = g_getenv ("ROADSTEAD_TEST_SLOWNESS");

  return text != NULL ? MAX (1, g_ascii_strtoll (text, NULL, 10)) : 1;
}
