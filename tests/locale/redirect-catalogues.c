/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a program under test: it finds its translations, and GTK's, in the folder that
 * CATALOGUES names instead of where they are installed. */

#include <dlfcn.h>
#include <stdlib.h>

char *bindtextdomain (const char *domain, const char *folder);

char *
bindtextdomain (const char *domain, const char *folder)
{
  char *(*real) (const char *, const char *) =
      (char *(*) (const char *, const char *) ) dlsym (RTLD_NEXT, "bindtextdomain");
  const char *other = getenv ("CATALOGUES");

  return real (domain, folder != NULL && other != NULL ? other : folder);
}
