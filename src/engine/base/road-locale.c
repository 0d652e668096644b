/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-locale.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>

/* What the C library calls ASCII. */
#define ASCII "ANSI_X3.4-1968"

/**
 * road_locale_init:
 *
 * Makes the user's locale the program's. In cron's jobs and in containers there often is none but “C”,
 * whose letters are those of ASCII; arguments and terminals are in UTF-8 there nevertheless.
 */
void
road_locale_init (void)
{
  setlocale (LC_ALL, "");
  if (g_str_equal (nl_langinfo (CODESET), ASCII))
    setlocale (LC_CTYPE, "C.UTF-8");

  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
