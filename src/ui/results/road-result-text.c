/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-text.h"

#include "road-group-text.h"
#include "ui/widgets/road-address-outcomes.h"
#include "ui/widgets/road-reason-text.h"
#include "engine/base/road-locale.h"
#include "engine/base/road-mac.h"
#include "engine/base/road-text-escape.h"
#include "engine/ports/road-services.h"
#include "ui/widgets/road-host-look.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Results in translated words, unlike those in files (road_port_state_to_string()). */

const char *
road_result_text_port_state (RoadPortState state)
{
  switch (state)
    {
    case ROAD_PORT_OPEN:
      /* Translators: the state of a port */
      return C_ ("port", "open");
    case ROAD_PORT_CLOSED:
      /* Translators: the state of a port */
      return C_ ("port", "closed");
    case ROAD_PORT_FILTERED:
      /* Translators: the state of a port: a firewall blocks it */
      return C_ ("port", "filtered");
    case ROAD_PORT_UNKNOWN:
    default:
      /* Translators: the state of a port */
      return C_ ("port", "unknown");
    }
}

/* @state: the state that a port had before it was scanned again */
const char *
road_result_text_state_before (RoadPortState state)
{
  switch (state)
    {
    case ROAD_PORT_OPEN:
      /* Translators: beside a port’s state: what it was before the last scan */
      return C_ ("port", "was open");
    case ROAD_PORT_CLOSED:
      /* Translators: beside a port’s state: what it was before the last scan */
      return C_ ("port", "was closed");
    case ROAD_PORT_FILTERED:
      /* Translators: beside a port’s state: what it was before the last scan */
      return C_ ("port", "was filtered");
    case ROAD_PORT_UNKNOWN:
    default:
      return "";
    }
}

/* Returns: (transfer full): how many ports have another state than before the host was scanned again: "2
 * changes"; empty if none has */
char *
road_result_text_changes (RoadHost *host)
{
  const guint n_changes = road_host_get_n_changes (host);

  return n_changes > 0
             ? g_strdup_printf (ngettext ("%'u change", "%'u changes", n_changes), n_changes)
             : g_strdup ("");
}

static const char *
get_host_state (RoadHost *host)
{
  switch (road_host_get_state (host))
    {
    case ROAD_HOST_UP:
      /* Translators: the state of a host */
      return C_ ("host", "up");
    case ROAD_HOST_DOWN:
      return C_ ("host", "no response");
    case ROAD_HOST_UNKNOWN:
    default:
      return road_host_get_done (host) || road_host_get_timed_out (host)
                 /* Translators: the state of a host that did not respond */
                 ? C_ ("host", "no response")
                 : "…";
    }
}

/* Returns: (transfer full): the state, whether the host timed out and the number of its open ports: "up ·
 * timed out · 3 open" */
char *
road_result_text_host_state (RoadHost *host)
{
  guint n_open = road_host_get_n_ports (host, ROAD_PORT_OPEN);
  g_autoptr (GString) text = g_string_new (get_host_state (host));

  if (road_host_get_timed_out (host))
    /* Translators: the scan of a host was given up: it took longer than the profile allows */
    g_string_append_printf (text, " · %s", C_ ("host", "timed out"));

  if (n_open > 0)
    {
      g_string_append (text, " · ");
      /* Translators: the number of open ports of a host, as short as possible */
      g_string_append_printf (text, ngettext ("%'u open", "%'u open", n_open), n_open);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_count (RoadPortState state, guint count)
{
  switch (state)
    {
    case ROAD_PORT_OPEN:
      return g_strdup_printf (ngettext ("%'u open port", "%'u open ports", count), count);
    case ROAD_PORT_CLOSED:
      return g_strdup_printf (ngettext ("%'u closed port", "%'u closed ports", count), count);
    case ROAD_PORT_FILTERED:
      return g_strdup_printf (ngettext ("%'u filtered port", "%'u filtered ports", count), count);
    case ROAD_PORT_UNKNOWN:
    default:
      return g_strdup_printf (ngettext ("%'u unknown port", "%'u unknown ports", count), count);
    }
}

/* @row: a row for several ports. Returns: (transfer full): "992 closed ports", "1–21", or "600 more ports" */
char *
road_result_text_ports (RoadPortRow *row)
{
  const RoadPortRange *range = road_port_row_get_range (row);
  const guint count = road_port_row_get_count (row);

  if (road_port_row_is_rest (row))
    /* Translators: the number of ports that are not listed, below those that are */
    return g_strdup_printf (ngettext ("%'u more port", "%'u more ports", count), count);

  if (range == NULL)
    return describe_count ((RoadPortState) road_port_row_get_result (row)->state, count);

  return range->first == range->last ? g_strdup_printf ("%u", range->first)
                                     : g_strdup_printf ("%u–%u", range->first, range->last);
}

/* Appends " · 12 not responding" or the like, unless @n is 0. @format has the number as "%s". */
static void
append_outcome (GString *text, guint64 n, const char *format)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
  g_autoptr (GString) part = g_string_new (format);

  if (n == 0)
    return;

  g_string_replace (part, "%s", number, 1);
  g_string_append_printf (text, " · %s", part->str);
}

/* Returns: (transfer full): a summary of a scan: "Stopped · 12 hosts up · 242 not responding · 3 open ports"; with
 * @report (nullable) it accounts for every address. @n_down is used without it. */
char *
road_result_text_found (RoadReportStatus status,
                        guint64 n_up,
                        guint64 n_down,
                        guint64 n_open,
                        gboolean only_hosts,
                        RoadReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RoadAddressOutcomes outcomes = { .n_down = n_down };
  const guint up = (guint) MIN (n_up, G_MAXUINT);
  const guint open = (guint) MIN (n_open, G_MAXUINT);
  gulong n_silent, n_left;

  if (status == ROAD_REPORT_STOPPED)
    g_string_append_printf (text, "%s · ",
                            /* Translators: of a scan: the user has stopped it */
                            _ ("Stopped"));
  else if (status == ROAD_REPORT_FAILED)
    g_string_append_printf (text, "%s · ",
                            /* Translators: of a scan: it could not go on */
                            _ ("Failed"));

  g_string_append_printf (text, ngettext ("%'u host up", "%'u hosts up", up), up);
  if (report != NULL)
    road_address_outcomes_count (&outcomes, report);
  n_silent = (gulong) MIN (outcomes.n_down + outcomes.n_silent, G_MAXULONG);
  n_left = (gulong) MIN (outcomes.n_left, G_MAXULONG);
  /* Translators: the number of addresses that gave no answer */
  append_outcome (text, n_silent, ngettext ("%s not responding", "%s not responding", n_silent));
  /* Translators: the number of addresses that were not scanned before the scan was stopped */
  append_outcome (text, n_left, ngettext ("%s not scanned", "%s not scanned", n_left));
  if (only_hosts)
    return g_string_free (g_steal_pointer (&text), FALSE);

  g_string_append (text, " · ");
  if (open == 0)
    g_string_append (text, _ ("no open ports"));
  else
    g_string_append_printf (text, ngettext ("%'u open port", "%'u open ports", open), open);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* @text: untrusted, of any length. Returns: (transfer full): its beginning, with all control characters except line
 * breaks escaped */
char *
road_result_text_lines (const char *text)
{
  g_autofree char *start = road_text_shorten (text);
  g_auto (GStrv) lines = g_strsplit (start, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_steal_pointer (&lines[i]);

      g_strchomp (line);
      lines[i] = road_text_label (line);
      g_free (line);
    }

  return g_strjoinv ("\n", lines);
}

static char *
describe_mac (const char *text)
{
  RoadMac mac;

  if (strchr (text, '(') == NULL && road_mac_parse (&mac, text) && road_mac_is_local (&mac))
    /* Translators: a hardware address that no vendor has given away */
    return g_strdup_printf (_ ("MAC address: %s (random or virtual)"), text);

  /* Translators: a hardware address and its vendor */
  return g_strdup_printf (_ ("MAC address: %s"), text);
}

static char *
describe_note (const RoadNote *note)
{
  g_autofree char *name = road_text_label (note->name);
  g_autofree char *text = road_result_text_lines (note->text);

  if (g_str_equal (note->name, ROAD_NOTE_MAC))
    return describe_mac (text);

  if (g_str_equal (note->name, ROAD_NOTE_MDNS_NAME))
    /* Translators: the name that a host has given itself; mDNS is how it tells it */
    return g_strdup_printf (_ ("Name by mDNS: %s"), text);

  if (g_str_equal (note->name, ROAD_NOTE_OS))
    /* Translators: an operating system */
    return g_strdup_printf (_ ("Operating system: %s"), text);

  if (g_str_equal (note->name, ROAD_NOTE_DISTANCE))
    /* Translators: the number of hops to a host */
    return g_strdup_printf (_ ("Distance in hops: %s"), text);

  if (g_str_equal (note->name, ROAD_NOTE_UPTIME))
    {
      g_autofree char *duration =
          road_result_text_duration (CLAMP (g_ascii_strtod (note->text, NULL), 0, G_MAXINT32));

      /* Translators: the time since the last boot, such as "3 h 20 min" */
      return g_strdup_printf (_ ("Uptime: %s"), duration);
    }

  if (g_str_equal (note->name, ROAD_NOTE_REMARK))
    return g_steal_pointer (&text);

  return g_strdup_printf ("%s: %s", name, text);
}

/* Returns: (transfer full) (nullable): the scan's own remark on the host */
char *
road_result_text_remark (RoadHost *host)
{
  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != ROAD_NOTE_HOST)
        break;
      if (g_str_equal (note->name, ROAD_NOTE_REMARK))
        return road_text_label (note->text);
    }

  return NULL;
}

/* Returns: (transfer full): the open ports with their services, as many as fit in about @max_chars
 * characters, and the number of others: "ssh 22, http 80, +3"; empty if none is open */
char *
road_result_text_open_ports (RoadHost *host, guint max_chars)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) open = NULL;

  if (road_host_get_n_ports (host, ROAD_PORT_OPEN) == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);

  open = road_host_get_listed (host, TRUE);
  for (guint i = 0; i < open->len; i++)
    {
      const guint16 port = g_array_index (open, RoadPortResult, i).port;
      const char *name = road_host_get_service_name (host, port);
      const gsize length = text->len;

      g_string_append (text, i > 0 ? road_locale_get_separator () : "");
      if (name != NULL)
        {
          road_text_append_label (text, name);
          g_string_append_c (text, ' ');
        }
      g_string_append_printf (text, "%d", port);

      if (i > 0 && g_utf8_strlen (text->str, -1) > (glong) max_chars)
        {
          g_string_truncate (text, length);
          g_string_append (text, road_locale_get_separator ());
          /* Translators: the number of further open ports, after some that are named: “ssh 22, http 80, +3” */
          g_string_append_printf (text, _ ("+%'u"), open->len - i);
          break;
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_part (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? road_locale_get_separator () : "", part);
}

/* What a screen reader says of the open ports of a host, in characters. */
#define MAX_SPOKEN_PORTS 60

static void
append_host (GString *text, RoadHost *host)
{
  const guint n_open = road_host_get_n_ports (host, ROAD_PORT_OPEN);
  g_autofree char *title = road_host_look_dup_title (host);
  g_autofree char *ports = road_result_text_open_ports (host, MAX_SPOKEN_PORTS);
  g_autofree char *changes = road_result_text_changes (host);
  g_autofree char *open = NULL;
  const char *guess = road_host_look_get_guess (road_device_kind_guess (host));

  append_part (text, title);
  if (road_host_look_has_name (host))
    append_part (text, road_host_get_address_string (host));
  append_part (text, get_host_state (host));
  if (road_host_get_timed_out (host))
    append_part (text, C_ ("host", "timed out"));
  append_part (text, changes);
  if (n_open > 0)
    {
      open = describe_count (ROAD_PORT_OPEN, n_open);
      append_part (text, open);
      g_string_append_printf (text, ": %s", ports);
    }
  if (guess != NULL)
    append_part (text, guess);
}

static void
append_port (GString *text, RoadPortRow *row)
{
  const RoadPortResult *result = road_port_row_get_result (row);
  const RoadPortState state = (RoadPortState) result->state;
  g_autofree char *reason =
      road_reason_text_describe ((RoadReason) result->reason, &result->reason_from);
  g_autofree char *latency = road_result_text_latency (result->latency_us);
  const char *name;

  if (road_port_row_is_count (row))
    {
      g_autofree char *ports = road_result_text_ports (row);

      if (road_port_row_get_range (row) != NULL)
        /* Translators: the name of a row for screen readers; the ports' state follows */
        g_string_append_printf (text, _ ("Ports %s"), ports);
      else
        append_part (text, ports);
      if (!road_port_row_is_expandable (row))
        append_part (text, road_result_text_port_state (state));
      append_part (text, reason);
      return;
    }

  /* Translators: the name of a row for screen readers; a port's state and service follow */
  g_string_append_printf (text, _ ("Port %d"), result->port);
  append_part (text, road_result_text_port_state (state));
  append_part (text, road_result_text_state_before (
                         road_host_get_state_before (road_port_row_get_host (row), result->port)));
  name = road_host_get_service_name (road_port_row_get_host (row), result->port);
  if (name != NULL)
    {
      g_string_append (text, road_locale_get_separator ());
      road_text_append_label (text, name);
    }
  if (state != ROAD_PORT_OPEN)
    append_part (text, reason);
  append_part (text, latency);
}

static void
append_group (GString *text, RoadGroup *group)
{
  g_autofree char *title = road_group_text_title (group);
  g_autofree char *hosts = road_group_text_hosts (group);

  append_part (text, title);
  append_part (text, hosts);
}

static void
append_member (GString *text, RoadPortRow *row)
{
  RoadHost *host = road_port_row_get_host (row);
  g_autofree char *title = road_host_look_dup_title (host);

  append_part (text, title);
  if (road_host_look_has_name (host))
    append_part (text, road_host_get_address_string (host));
  g_string_append (text, road_locale_get_separator ());
}

/* @item: a #RoadHost, #RoadPortRow or #RoadGroup. Returns: (transfer full): its row in words for screen readers: "Port
 * 22, open, ssh, 10 ms" */
char *
road_result_text_row (GObject *item)
{
  GString *text = g_string_new (NULL);

  if (ROAD_IS_HOST (item))
    append_host (text, ROAD_HOST (item));
  else if (ROAD_IS_GROUP (item))
    append_group (text, ROAD_GROUP (item));
  else if (ROAD_IS_PORT_ROW (item))
    {
      if (road_port_row_is_member (ROAD_PORT_ROW (item)))
        append_member (text, ROAD_PORT_ROW (item));
      append_port (text, ROAD_PORT_ROW (item));
    }

  return g_string_free (text, FALSE);
}

/* A script that an attacker answers can say anything. */
#define MAX_NOTES 100

static char *
list_notes (RoadHost *host, int port, guint max)
{
  const char *version =
      port != ROAD_NOTE_HOST ? road_host_get_version (host, (guint16) port) : NULL;
  GString *text = g_string_new (NULL);
  guint n = 0;

  if (version != NULL)
    road_text_append_label (text, version);
  for (guint i = road_host_find_note (host, port); i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);
      g_autofree char *line = NULL;

      if (note->port != port || (max == 1 && text->len > 0))
        break;
      if (n++ == max)
        {
          g_string_append (text, "\n…");
          break;
        }

      line = describe_note (note);
      g_strstrip (line);
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }

  return g_string_free (text, FALSE);
}

/* @port: a port, or %ROAD_NOTE_HOST. Returns: (transfer full): its version and the beginnings of its notes, one a
 * line; empty if there are none */
char *
road_result_text_notes (RoadHost *host, int port)
{
  return list_notes (host, port, MAX_NOTES);
}

/* @port: a port, or %ROAD_NOTE_HOST. Returns: (transfer full): the most important thing that was found, in one line:
 * the version of the service or the system of the host, else the title of the page or what it said, else the first
 * note */
char *
road_result_text_version (RoadHost *host, int port)
{
  const char *said = road_host_get_note_text (host, port, ROAD_NOTE_HTTP_TITLE);
  g_autofree char *notes = NULL;
  char *end;

  if (said == NULL)
    said = road_host_get_note_text (host, port, ROAD_NOTE_BANNER);
  if (said != NULL && road_host_get_version (host, (guint16) port) == NULL)
    return road_text_label (said);

  for (guint i = 0; port == ROAD_NOTE_HOST && i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port == port && g_str_equal (note->name, ROAD_NOTE_OS))
        return road_text_label (note->text);
    }

  notes = list_notes (host, port, 1);
  end = strchr (notes, '\n');
  if (end != NULL)
    *end = '\0';

  return g_steal_pointer (&notes);
}

/* Returns: (transfer full): the time in ms with two significant digits; empty for 0, which means unknown */
char *
road_result_text_latency (guint latency_us)
{
  double ms = latency_us / 1000.0;

  if (latency_us == 0)
    return g_strdup ("");

  if (latency_us < 995)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%.2f ms"), MAX (ms, 0.01));

  if (latency_us < 9950)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%.1f ms"), ms);

  /* Translators: milliseconds */
  return g_strdup_printf (_ ("%.0f ms"), ms);
}

/* Returns: (transfer full): a rounded duration: "1.2 s", "3 min 20 s" */
char *
road_result_text_duration (double seconds)
{
  guint64 whole = (guint64) MAX (round (seconds), 0);

  if (seconds < 9.95)
    /* Translators: seconds */
    return g_strdup_printf (_ ("%.1f s"), MAX (seconds, 0));

  if (whole < 60)
    /* Translators: seconds */
    return g_strdup_printf (_ ("%d s"), (int) whole);

  if (whole < 3600)
    /* Translators: minutes and seconds */
    return g_strdup_printf (_ ("%d min %d s"), (int) (whole / 60), (int) (whole % 60));

  /* Translators: hours and minutes */
  return g_strdup_printf (_ ("%'d h %d min"), (int) MIN (whole / 3600, G_MAXINT),
                          (int) (whole % 3600 / 60));
}

/* Returns: (nullable): what the service registry says of the usual service of @port, which is in English; %NULL if it
 * says nothing, or if the window speaks another language */
const char *
road_result_text_usual_service (guint16 port)
{
  const char *const message = "no open ports"; /* has a translation in each language */

  return gettext (message) == message ? road_services_get_description (port) : NULL;
}

/* Returns: (transfer full): the number of a port, or how many ports the row stands for */
char *
road_result_text_port_title (RoadPortRow *row)
{
  if (road_port_row_is_count (row))
    return road_result_text_ports (row);

  return g_strdup_printf ("%d", road_port_row_get_result (row)->port);
}
