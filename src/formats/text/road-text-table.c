/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-table.h"

#include <string.h>

#include "engine/base/road-text-escape.h"

/* A host's ports as nmap's normal output has them, and what other scanners found out about them:
 *
 *     PORT   STATE SERVICE REASON  VERSION
 *     22/tcp open  ssh     syn-ack OpenSSH 9.2p1 Debian
 *     80/tcp open  http    syn-ack
 *     |_http-title: Welcome
 */

#define SECONDS_PER_DAY 86400.0

typedef enum
{
  COLUMN_PORT,
  COLUMN_STATE,
  COLUMN_SERVICE,
  COLUMN_REASON,
  COLUMN_VERSION,
  N_COLUMNS
} Column;

static const char *const titles[N_COLUMNS] = {
  [COLUMN_PORT] = "PORT",     [COLUMN_STATE] = "STATE",     [COLUMN_SERVICE] = "SERVICE",
  [COLUMN_REASON] = "REASON", [COLUMN_VERSION] = "VERSION",
};

static void
append_cell (GString *out, RoadHost *host, const RoadPortResult *result, Column column)
{
  const char *text;

  switch (column)
    {
    case COLUMN_PORT:
      g_string_append_printf (out, "%u/tcp", result->port);
      break;
    case COLUMN_STATE:
      g_string_append (out, road_port_state_to_string ((RoadPortState) result->state));
      break;
    case COLUMN_SERVICE:
      text = road_host_get_service_name (host, result->port);
      road_text_append_escaped (out, text != NULL ? text : "unknown");
      break;
    case COLUMN_REASON:
      g_string_append (out, road_reason_to_string ((RoadReason) result->reason));
      if (result->reason_from.length != 0)
        {
          g_autofree char *from = road_address_to_string (&result->reason_from);

          g_string_append_printf (out, " from %s", from);
        }
      break;
    case COLUMN_VERSION:
      text = road_host_get_version (host, result->port);
      if (text != NULL)
        road_text_append_escaped (out, text);
      break;
    case N_COLUMNS:
    default:
      break;
    }
}

/* Fills the line up to where the next column begins. */
static void
pad_cell (GString *out, gsize start, gsize width)
{
  const gsize length = (gsize) g_utf8_strlen (out->str + start, (gssize) (out->len - start));

  for (gsize i = length; i < width + 1; i++)
    g_string_append_c (out, ' ');
}

static void
trim_line (GString *out)
{
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

/* Lines as nmap shows what its scripts say: the last one has a corner. */
static void
append_script (GString *out, const RoadNote *note)
{
  g_auto (GStrv) lines = g_strsplit (note->text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  while (n_lines > 1 && *lines[n_lines - 1] == '\0')
    n_lines--;

  for (guint i = 0; i < MAX (n_lines, 1); i++)
    {
      g_string_append (out, i + 1 >= n_lines ? "|_" : "| ");
      if (i == 0)
        {
          road_text_append_escaped (out, note->name);
          g_string_append (out, ": ");
        }
      if (i < n_lines)
        road_text_append_escaped (out, lines[i]);
      trim_line (out);
    }
}

static void
append_port_notes (GString *out, RoadHost *host, guint16 port)
{
  const guint n_notes = road_host_get_n_notes (host);

  for (guint i = road_host_find_note (host, port); i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        break;
      append_script (out, note);
    }
}

static gboolean
has_versions (RoadHost *host, GArray *listed)
{
  for (guint i = 0; i < listed->len; i++)
    {
      if (road_host_get_version (host, g_array_index (listed, RoadPortResult, i).port) != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * road_text_append_table:
 * @out: where to append
 * @host: a host
 * @listed: (element-type RoadPortResult): those of its ports that have a line each
 * @flags: whether there is a REASON column
 *
 * Appends the table of a host's ports. A VERSION column is only there where a version is known.
 */
void
road_text_append_table (GString *out, RoadHost *host, GArray *listed, RoadFormatFlags flags)
{
  const gboolean shown[N_COLUMNS] = {
    TRUE, TRUE, TRUE, (flags & ROAD_FORMAT_FLAGS_REASON) != 0, has_versions (host, listed),
  };
  g_autoptr (GString) cell = g_string_new (NULL);
  gsize widths[N_COLUMNS];

  for (Column column = 0; column < N_COLUMNS; column++)
    {
      widths[column] = strlen (titles[column]);
      for (guint i = 0; shown[column] && i < listed->len; i++)
        {
          g_string_truncate (cell, 0);
          append_cell (cell, host, &g_array_index (listed, RoadPortResult, i), column);
          widths[column] = MAX (widths[column], (gsize) g_utf8_strlen (cell->str, -1));
        }
      if (shown[column])
        {
          gsize start = out->len;

          g_string_append (out, titles[column]);
          pad_cell (out, start, widths[column]);
        }
    }
  trim_line (out);

  for (guint i = 0; i < listed->len; i++)
    {
      const RoadPortResult *result = &g_array_index (listed, RoadPortResult, i);

      for (Column column = 0; column < N_COLUMNS; column++)
        {
          gsize start = out->len;

          if (!shown[column])
            continue;
          append_cell (out, host, result, column);
          pad_cell (out, start, widths[column]);
        }
      trim_line (out);
      append_port_notes (out, host, result->port);
    }
}

static void
append_host_note (GString *out, const RoadNote *note)
{
  char days[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_str_equal (note->name, ROAD_NOTE_MAC))
    g_string_append (out, "MAC Address: ");
  else if (g_str_equal (note->name, ROAD_NOTE_OS))
    g_string_append (out, "OS details: ");
  else if (g_str_equal (note->name, ROAD_NOTE_DISTANCE))
    g_string_append (out, "Network Distance, in hops: ");
  else if (g_str_equal (note->name, ROAD_NOTE_REMARK))
    g_string_append (out, "Note: ");

  if (g_str_equal (note->name, ROAD_NOTE_UPTIME))
    g_string_append_printf (out, "Uptime guess: %s days",
                            g_ascii_formatd (days, sizeof days, "%.3f",
                                             g_ascii_strtod (note->text, NULL) / SECONDS_PER_DAY));
  else
    road_text_append_escaped (out, note->text);
  g_string_append_c (out, '\n');
}

static gboolean
is_script (const RoadNote *note)
{
  static const char *const known[] = { ROAD_NOTE_MAC,      ROAD_NOTE_OS,     ROAD_NOTE_UPTIME,
                                       ROAD_NOTE_DISTANCE, ROAD_NOTE_REMARK, NULL };

  return !g_strv_contains (known, note->name);
}

/**
 * road_text_append_notes:
 * @out: where to append
 * @host: a host
 *
 * Appends what else was found out about the host as a whole.
 */
void
road_text_append_notes (GString *out, RoadHost *host)
{
  const guint n_notes = road_host_get_n_notes (host);
  gboolean any_script = FALSE;

  for (guint i = 0; i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port == ROAD_NOTE_HOST && !is_script (note))
        append_host_note (out, note);
    }

  for (guint i = 0; i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != ROAD_NOTE_HOST || !is_script (note))
        continue;
      if (!any_script)
        g_string_append (out, "\nHost script results:\n");
      any_script = TRUE;
      append_script (out, note);
    }
}
