/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-locale.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>

/* The C library's name for ASCII. */
#define ASCII "ANSI_X3.4-1968"

/* Sets the user's locale. Cron jobs and containers often have only “C”, whose character set is ASCII,
 * although arguments and terminals use UTF-8: then the character set becomes UTF-8. */
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
