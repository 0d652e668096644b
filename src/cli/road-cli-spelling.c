/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-spelling.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"

/* Short options with a value. */
#define OPTIONS_WITH_VALUE "pioT"

/* How an argument is compared with a spelling. */
typedef enum
{
  WHOLE,     /* the whole argument */
  VALUE,     /* the whole argument, and the next one is its value; nmap rejects an attached value */
  BEGINNING, /* the beginning of the argument */
  LONG,      /* the whole argument, or the part before a “=” */
} Match;

/* What nmap users type: replaced by our arguments, or rejected with advice. */
typedef struct
{
  const char *spelling;
  Match match;
  const char *replacement[2];
  const char *advice;
} Spelling;

/* Translators: here and below: an option and a colon are before it. Do not translate other options. */
#define CONNECTS_ONLY N_ ("only connect scans are supported (nmap’s -sT): remove it.")
#define NO_VERSIONS                                                                                \
  N_ ("operating systems and scripts are not supported: remove it, or use nmap; for versions use " \
      "-sV or --identify ask.")
#define DISCOVERY_IS_FIXED                                                                         \
  N_ ("the discovery method cannot be chosen: remove it, or use --skip-discovery (-Pn) to scan "   \
      "every address.")
#define PACE_ADAPTS                                                                                \
  N_ ("the speed adapts to the network: remove it, or use --timing, --max-rate or "                \
      "--max-parallelism.")

/* The first match wins. */
static const Spelling spellings[] = {
  { "-oN", VALUE, { "--oN" }, NULL },
  { "-oX", VALUE, { "--oX" }, NULL },
  { "-oG", VALUE, { "--oG" }, NULL },
  { "-oA", VALUE, { "--oA" }, NULL },
  { "-iL", VALUE, { "--iL" }, NULL },
  { "-iR",
    BEGINNING,
    { NULL },
    N_ ("random targets are not supported: specify targets that you are allowed to scan.") },
  { "-Pn", WHOLE, { "--skip-discovery" }, NULL },
  { "-P", BEGINNING, { NULL }, DISCOVERY_IS_FIXED },
  { "-F", WHOLE, { "--top-ports", "100" }, NULL },
  { "-V", WHOLE, { "--version" }, NULL },
  { "-sT", WHOLE, { NULL }, NULL },
  { "-sU", BEGINNING, { NULL }, N_ ("only TCP ports are scanned: remove it.") },
  { "-sn", WHOLE, { "--sn" }, NULL },
  { "-sL", WHOLE, { NULL }, N_ ("listing targets without scanning is not supported: remove it.") },
  { "-sV", WHOLE, { "--identify", "ask" }, NULL },
  { "-sV", BEGINNING, { NULL }, NO_VERSIONS },
  { "-sC", BEGINNING, { NULL }, NO_VERSIONS },
  { "-sTV", BEGINNING, { NULL }, NO_VERSIONS },
  { "-s", BEGINNING, { NULL }, CONNECTS_ONLY },
  { "-A", WHOLE, { NULL }, NO_VERSIONS },
  { "-O", WHOLE, { NULL }, NO_VERSIONS },
  { "-v",
    BEGINNING,
    { NULL },
    N_ ("there is no verbose mode: remove it, or use --reason or --list-down.") },
  { "--script", LONG, { NULL }, NO_VERSIONS },
  { "--rate", LONG, { NULL }, N_ ("use --max-rate N.") },
  { "--scan-delay", LONG, { NULL }, N_ ("use --max-rate N (connections per second).") },
  { "--max-rtt-timeout", LONG, { NULL }, N_ ("use --timeout MS (milliseconds).") },
  { "--initial-rtt-timeout", LONG, { NULL }, PACE_ADAPTS },
  { "--min-rtt-timeout", LONG, { NULL }, PACE_ADAPTS },
  { "--min-rate", LONG, { NULL }, PACE_ADAPTS },
  { "--min-parallelism", LONG, { NULL }, PACE_ADAPTS },
};

static gboolean
matches (const Spelling *self, const char *argument)
{
  gsize length = strlen (self->spelling);

  if (strncmp (argument, self->spelling, length) != 0)
    return FALSE;

  switch (self->match)
    {
    case WHOLE:
      return argument[length] == '\0';
    case LONG:
      return argument[length] == '\0' || argument[length] == '=';
    case VALUE:
    case BEGINNING:
    default:
      return TRUE;
    }
}

static const Spelling *
find_spelling (const char *argument)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      if (matches (&spellings[i], argument))
        return &spellings[i];
    }

  return NULL;
}

/* “-oXfile” can be nmap's -oX or our -o with a file called “Xfile”. */
static void
fail_attached (const Spelling *self, const char *argument, GError **error)
{
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
               /* Translators: two spellings of options, as “-oX file” and “-o Xfile” */
               _ ("%s: did you mean “%s %s”? Otherwise write “%.2s %s”."), argument, self->spelling,
               argument + strlen (self->spelling), argument, argument + 2);
}

/* Returns: %FALSE with @error if there is no replacement */
static gboolean
replace (const Spelling *self, const char *argument, GStrvBuilder *builder, GError **error)
{
  if (self->advice != NULL)
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, "%s: %s", argument, _ (self->advice));
      return FALSE;
    }

  if (self->match == VALUE && !g_str_equal (argument, self->spelling))
    {
      fail_attached (self, argument, error);
      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (self->replacement) && self->replacement[i] != NULL; i++)
    g_strv_builder_add (builder, self->replacement[i]);

  return TRUE;
}

/**
 * road_cli_spelling_normalize:
 * @argv: the arguments, beginning with the program's name
 * @error: %ROAD_ERROR_SYNTAX: what to write instead
 *
 * Converts arguments to the form that GOption parses. The value of a short option must be an argument of its
 * own: “-p22,80” becomes “-p” “22,80”, and “-p-” becomes “-p” “-”. nmap's options are replaced by ours, or
 * rejected with advice.
 *
 * Returns: (transfer full) (nullable): the arguments
 */
GStrv
road_cli_spelling_normalize (int argc, char *argv[], GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean is_value = TRUE; /* as is the program's name */

  for (int i = 0; i < argc; i++)
    {
      const char *argument = argv[i];
      const Spelling *spelling = !is_value ? find_spelling (argument) : NULL;
      gboolean has_value = !is_value && argument[0] == '-' && argument[1] != '\0' &&
                           strchr (OPTIONS_WITH_VALUE, argument[1]) != NULL;

      if (!is_value && g_str_equal (argument, "--"))
        {
          g_strv_builder_addv (builder, (const char **) &argv[i]);
          break;
        }

      if (spelling != NULL)
        {
          if (!replace (spelling, argument, builder, error))
            return NULL;
          is_value = spelling->match == VALUE;
          continue;
        }

      if (has_value && argument[2] != '\0')
        {
          const char option[] = { '-', argument[1], '\0' };

          g_strv_builder_add (builder, option);
          g_strv_builder_add (builder, argument + 2);
        }
      else
        {
          g_strv_builder_add (builder, argument);
        }

      is_value = has_value && argument[2] == '\0';
    }

  return g_strv_builder_end (builder);
}

/* Parses a timing by our name or as nmap's -T. nmap's two slowest timings have no counterpart here.
 * Returns: whether it is a timing */
gboolean
road_cli_spelling_parse_timing (const char *text, RoadTiming *timing)
{
  static const struct
  {
    const char *name;
    RoadTiming timing;
  } names[] = {
    { "2", ROAD_TIMING_POLITE },        { "3", ROAD_TIMING_NORMAL }, { "4", ROAD_TIMING_FAST },
    { "aggressive", ROAD_TIMING_FAST }, { "5", ROAD_TIMING_FAST },   { "insane", ROAD_TIMING_FAST },
  };

  g_return_val_if_fail (text != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (text, names[i].name))
        {
          *timing = names[i].timing;
          return TRUE;
        }
    }

  return road_timing_from_string (text, timing);
}
