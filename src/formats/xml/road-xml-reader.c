/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-reader.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"
#include "formats/road-format.h"
#include "road-xml-command.h"
#include "road-xml-host.h"
#include "road-xml-writer.h"

/* Reads nmap's XML (nmap.dtd) as nmap, masscan and Roadstead write it. GMarkup reads it element by element;
 * nothing is kept but what is needed. GMarkup knows only the five entities of XML and opens no other file,
 * but it has no limits, so they are here. */

/* nmap needs six levels, and scripts more for their tables. */
#define MAX_DEPTH 64

/* GMarkup keeps an unfinished tag or text in memory. In bytes. */
#define MAX_PIECE (64 * 1024 * 1024)

#define MAX_TARGETS G_MAXINT64

/* The year 1, where GDateTime begins, in any time zone; and 1 January 10000, its end. */
#define MIN_UNIX_TIME (-G_GINT64_CONSTANT (62135683200))
#define MAX_UNIX_TIME G_GINT64_CONSTANT (253402300799)

typedef struct
{
  GMarkupParseContext *context;
  gboolean is_first; /* nothing has been read yet */
  GString *rest;     /* an incomplete character at the end of what was read */
  gsize n_bytes;     /* since GMarkup last finished a tag or text */
  guint depth;
  gboolean root_seen;
  gboolean root_ended;

  RoadXmlHostTable *table;
  RoadXmlHost *host;

  char *scanner;
  char *scan_type;
  char *version;
  char *command_line;
  char *profile_name;
  GDateTime *started;
  RoadPortSet *ports;
  GPtrArray *problems;

  gboolean finished_seen;
  gboolean failed;
  gboolean stopped;
  GDateTime *finished;
  double elapsed;
  guint64 n_down;
  guint64 n_targets;
} Reader;

static void
fail (GError **error, const char *message)
{
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, "%s", message);
}

static gboolean
read_time (const RoadXmlAttributes *attributes, const char *name, GDateTime **time, GError **error)
{
  const char *text = road_xml_attributes_get (attributes, name);
  guint64 seconds = 0;
  gint64 early = 0;

  /* Before 1970, because a clock was wrong. */
  if (text != NULL && g_ascii_string_to_signed (text, 10, MIN_UNIX_TIME, -1, &early, NULL))
    {
      g_clear_pointer (time, g_date_time_unref);
      *time = g_date_time_new_from_unix_local (early);
      return TRUE;
    }

  if (!road_xml_attributes_read_number (attributes, name, MAX_UNIX_TIME, &seconds, error))
    return FALSE;
  g_clear_pointer (time, g_date_time_unref);
  if (seconds > 0)
    *time = g_date_time_new_from_unix_local ((gint64) seconds);

  return TRUE;
}

static gboolean
take_root (Reader *self, const RoadXmlAttributes *attributes, GError **error)
{
  self->root_seen = TRUE;
  self->scanner = g_strdup (road_xml_attributes_get (attributes, "scanner"));
  self->version = g_strdup (road_xml_attributes_get (attributes, "version"));
  self->command_line = g_strdup (road_xml_attributes_get (attributes, "args"));
  self->profile_name = g_strdup (road_xml_attributes_get (attributes, "profile_name"));

  return read_time (attributes, "start", &self->started, error);
}

static gboolean
take_scaninfo (Reader *self, const RoadXmlAttributes *attributes, GError **error)
{
  g_autoptr (RoadPortSet) ports = NULL;

  if (g_strcmp0 (road_xml_attributes_get (attributes, "protocol"), "tcp") != 0)
    return TRUE;
  if (!road_xml_attributes_read_ports (attributes, "services", &ports, error))
    return FALSE;

  if (self->scan_type == NULL)
    self->scan_type = g_strdup (road_xml_attributes_get (attributes, "type"));
  if (ports != NULL && self->ports == NULL)
    {
      self->ports = g_steal_pointer (&ports);
      road_xml_ports_set_scanned (road_xml_host_get_ports (self->host), self->ports);
    }

  return TRUE;
}

static gboolean
take_target (Reader *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *text = road_xml_attributes_get (attributes, "specification");

  if (text != NULL && g_strcmp0 (road_xml_attributes_get (attributes, "status"), "skipped") == 0)
    g_ptr_array_add (self->problems, g_strdup_printf (_ ("“%s” was not scanned"), text));

  return TRUE;
}

static gboolean
take_host (Reader *self, const RoadXmlAttributes *attributes, GError **error)
{
  road_xml_host_begin (self->host, attributes);

  return TRUE;
}

static gboolean
take_finished (Reader *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *message = road_xml_attributes_get (attributes, "errormsg");
  g_auto (GStrv) lines = g_strsplit (message != NULL ? message : "", "\n", -1);

  self->finished_seen = TRUE;
  self->failed = g_strcmp0 (road_xml_attributes_get (attributes, "exit"), "error") == 0;
  self->stopped = self->failed && g_strcmp0 (lines[0], ROAD_XML_STOPPED) == 0;
  for (guint i = self->stopped ? 1 : 0; i < g_strv_length (lines); i++)
    {
      if (*lines[i] != '\0')
        g_ptr_array_add (self->problems, g_strdup (lines[i]));
    }

  return read_time (attributes, "time", &self->finished, error) &&
         road_xml_attributes_read_seconds (attributes, "elapsed", &self->elapsed, error);
}

static gboolean
take_hosts (Reader *self, const RoadXmlAttributes *attributes, GError **error)
{
  return road_xml_attributes_read_number (attributes, "down", MAX_TARGETS, &self->n_down, error) &&
         road_xml_attributes_read_number (attributes, "total", MAX_TARGETS, &self->n_targets,
                                          error);
}

static const struct
{
  const char *parent;
  const char *name;
  gboolean (*take) (Reader *self, const RoadXmlAttributes *attributes, GError **error);
} elements[] = {
  { "nmaprun", "scaninfo", take_scaninfo }, { "nmaprun", "target", take_target },
  { "nmaprun", "host", take_host },         { "runstats", "finished", take_finished },
  { "runstats", "hosts", take_hosts },
};

static gboolean
take_element (Reader *self,
              const char *parent,
              const char *name,
              const RoadXmlAttributes *attributes,
              GError **error)
{
  if (road_xml_host_is_open (self->host))
    return road_xml_host_take (self->host, parent, name, attributes, error);

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (g_str_equal (elements[i].name, name) && g_str_equal (elements[i].parent, parent))
        return elements[i].take (self, attributes, error);
    }

  return TRUE;
}

static gboolean
enter (Reader *self, const char *name, const RoadXmlAttributes *attributes, GError **error)
{
  const GSList *stack = g_markup_parse_context_get_element_stack (self->context);

  if (self->depth > MAX_DEPTH)
    {
      fail (error, _ ("The file is not a scan report: it is nested too deeply"));
      return FALSE;
    }
  if (self->depth > 1)
    return take_element (self, stack->next->data, name, attributes, error);
  if (self->root_seen)
    {
      fail (error, _ ("The file contains several reports: put each into a file of its own"));
      return FALSE;
    }
  if (!g_str_equal (name, "nmaprun"))
    {
      fail (error, _ ("The file is XML, but not a report of nmap, masscan or Roadstead"));
      return FALSE;
    }

  return take_root (self, attributes, error);
}

/* Adds the line to an error that has none. GMarkup's position is after the tag; if a line break follows, it
 * is already counted, and the position is the first character. */
static void
propagate_at (Reader *self, GError **error, GError *reason)
{
  int line, character;

  g_markup_parse_context_get_position (self->context, &line, &character);
  if (character <= 1 && line > 1)
    line--;
  g_propagate_error (error,
                     road_error_new_at (ROAD_ERROR_FORMAT, (guint) line, 0, "%s", reason->message));
  g_error_free (reason);
}

static void
on_start_element (GMarkupParseContext *context,
                  const char *name,
                  const char **names,
                  const char **values,
                  gpointer user_data,
                  GError **error)
{
  const RoadXmlAttributes attributes = { names, values };
  Reader *self = user_data;
  GError *local_error = NULL;

  self->n_bytes = 0;
  self->depth++;
  if (!enter (self, name, &attributes, &local_error))
    propagate_at (self, error, local_error);
}

static void
on_end_element (GMarkupParseContext *context, const char *name, gpointer user_data, GError **error)
{
  Reader *self = user_data;
  GError *local_error = NULL;

  self->n_bytes = 0;
  self->depth--;
  self->root_ended = self->depth == 0;

  if (self->depth == 3 && g_str_equal (name, "port"))
    road_xml_ports_end_port (road_xml_host_get_ports (self->host));
  else if (self->depth == 1 && road_xml_host_is_open (self->host) &&
           !road_xml_host_end (self->host, TRUE, &local_error))
    propagate_at (self, error, local_error);
}

static void
on_text (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  Reader *self = user_data;

  self->n_bytes = 0;
}

/* Comments, instructions and the document type. No scanner defines entities; a file that does may be trying
 * to expand to many times its size or to include other files. */
static void
on_passthrough (GMarkupParseContext *context,
                const char *text,
                gsize length,
                gpointer user_data,
                GError **error)
{
  Reader *self = user_data;
  GError *local_error = NULL;

  self->n_bytes = 0;
  if (g_str_has_prefix (text, "<!DOCTYPE") && g_strstr_len (text, (gssize) length, "<!ENTITY"))
    {
      fail (&local_error,
            _ ("The file defines XML entities, which no scanner does: it was not opened"));
      propagate_at (self, error, local_error);
    }
}

static const GMarkupParser parser = {
  .start_element = on_start_element,
  .end_element = on_end_element,
  .text = on_text,
  .passthrough = on_passthrough,
};

static gpointer
reader_begin (void)
{
  Reader *self = g_new0 (Reader, 1);

  self->context = g_markup_parse_context_new (&parser, 0, self, NULL);
  self->is_first = TRUE;
  self->rest = g_string_new (NULL);
  self->table = road_xml_host_table_new ();
  self->host = road_xml_host_new (self->table);
  self->problems = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
reader_free (gpointer reader)
{
  Reader *self = reader;

  g_clear_pointer (&self->context, g_markup_parse_context_free);
  g_string_free (self->rest, TRUE);
  g_clear_pointer (&self->host, road_xml_host_free);
  g_clear_pointer (&self->table, road_xml_host_table_free);
  g_clear_pointer (&self->scanner, g_free);
  g_clear_pointer (&self->scan_type, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->command_line, g_free);
  g_clear_pointer (&self->profile_name, g_free);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->ports, road_port_set_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->finished, g_date_time_unref);
  g_free (self);
}

/* GMarkup's own messages are meant for programmers. */
static void
translate_error (Reader *self, GError **error, GError *reason)
{
  GError *translated = NULL;

  if (reason->domain == ROAD_ERROR)
    {
      g_propagate_error (error, reason);
      return;
    }

  fail (&translated, _ ("The file is damaged: this is not valid XML"));
  propagate_at (self, error, translated);
  g_error_free (reason);
}

static gboolean
parse (Reader *self, const char *data, gsize length, GError **error)
{
  GError *local_error = NULL;

  self->n_bytes += length;
  if (!g_markup_parse_context_parse (self->context, data, (gssize) length, &local_error))
    {
      translate_error (self, error, local_error);
      return FALSE;
    }
  if (self->n_bytes <= MAX_PIECE)
    return TRUE;

  fail (&local_error, _ ("The file is not a scan report: part of it is too large"));
  propagate_at (self, error, local_error);
  return FALSE;
}

/* GMarkup is given only whole characters, because it prints warnings about invalid UTF-8. */
static gboolean
reader_feed (gpointer reader, const char *data, gsize length, GError **error)
{
  Reader *self = reader;
  GError *local_error = NULL;
  const char *text, *end;

  g_string_append_len (self->rest, data, (gssize) length);
  text = self->rest->str;
  if (self->is_first && g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  self->is_first = FALSE;
  length = self->rest->len - (gsize) (text - self->rest->str);

  g_utf8_validate_len (text, length, &end);
  if (!parse (self, text, (gsize) (end - text), error))
    return FALSE;
  g_string_erase (self->rest, 0, end - self->rest->str);

  if (self->rest->len == 0 ||
      g_utf8_get_char_validated (self->rest->str, (gssize) self->rest->len) == (gunichar) -2)
    return TRUE;

  fail (&local_error, _ ("The file is damaged: its text is not valid UTF-8"));
  propagate_at (self, error, local_error);
  return FALSE;
}

/* masscan does not write which ports it scanned. */
static RoadPortSet *
collect_ports (GPtrArray *hosts)
{
  g_autoptr (RoadPortSet) ports = road_port_set_new_empty ();

  for (guint i = 0; i < hosts->len; i++)
    {
      RoadHost *host = g_ptr_array_index (hosts, i);

      for (guint j = 0; j < road_host_get_n_groups (host); j++)
        {
          g_autoptr (RoadPortSet) before = g_steal_pointer (&ports);

          ports = road_port_set_union (before, road_host_get_group (host, j)->ports);
        }
    }

  return g_steal_pointer (&ports);
}

static RoadProfile *
make_profile (Reader *self, GPtrArray *hosts)
{
  g_autoptr (RoadPortSet) ports =
      self->ports != NULL ? road_xml_command_find_ports (self->command_line, self->ports)
                          : collect_ports (hosts);
  const gboolean is_known =
      road_port_set_get_n_ports (ports) > 0 || road_xml_command_wants_no_ports (self->command_line);

  return road_profile_new ("name", self->profile_name != NULL ? self->profile_name : "", "ports",
                           is_known ? ports : NULL, NULL);
}

static void
add_problems (Reader *self, RoadReport *report)
{
  RoadXmlPorts *ports = road_xml_host_get_ports (self->host);
  const guint64 n_foreign = road_xml_ports_get_n_foreign (ports);
  const guint64 n_unplaced = road_xml_ports_get_n_unplaced (ports);

  for (guint i = 0; i < self->problems->len; i++)
    road_report_add_problem (report, g_ptr_array_index (self->problems, i));

  if (n_foreign > 0)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_foreign);
      g_autofree char *problem =
          g_strdup_printf (ngettext ("%s port was skipped because it is not a TCP port",
                                     "%s ports were skipped because they are not TCP ports",
                                     (gulong) n_foreign),
                           number);

      road_report_add_problem (report, problem);
    }
  if (n_unplaced > 0)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_unplaced);
      g_autofree char *problem = g_strdup_printf (
          ngettext (
              "%s result was skipped because the file does not say which port it is for",
              "%s results were skipped because the file does not say which ports they are for",
              (gulong) n_unplaced),
          number);

      road_report_add_problem (report, problem);
    }
  if (!self->root_ended)
    road_report_add_problem (report, _ (ROAD_FORMAT_INCOMPLETE));
}

/* nmap's count of down hosts includes those with an element, and counts a host once for each of its elements
 * (one for each name that the user gave). masscan counts ports. */
static void
count_hosts (Reader *self, RoadReport *report, guint n_hosts)
{
  const guint n_up_again = road_xml_host_get_n_repeated (self->host, ROAD_HOST_UP);
  const guint n_down_again = road_xml_host_get_n_repeated (self->host, ROAD_HOST_DOWN);
  const guint n_listed_down = road_report_get_n_hosts (report, ROAD_HOST_DOWN);

  if (g_strcmp0 (self->scanner, "masscan") == 0)
    self->n_targets = self->n_down = 0;

  self->n_down -= MIN (self->n_down, n_down_again);
  self->n_targets -= MIN (self->n_targets, n_up_again + n_down_again);
  road_report_set_n_targets (report, MAX (self->n_targets, n_hosts));
  if (self->n_down > n_listed_down)
    road_report_add_down (report, self->n_down - n_listed_down);
}

static RoadReport *
make_report (Reader *self)
{
  GPtrArray *hosts = road_xml_host_table_finish (self->table);
  g_autofree char *targets = road_xml_command_find_targets (self->command_line, hosts);
  g_autoptr (RoadProfile) profile = make_profile (self, hosts);
  RoadReport *report = road_report_new (targets, profile);
  RoadReportStatus status = ROAD_REPORT_STOPPED;

  if (self->finished_seen && !self->stopped)
    status = self->failed ? ROAD_REPORT_FAILED : ROAD_REPORT_FINISHED;
  if (self->elapsed == 0 && self->started != NULL && self->finished != NULL)
    self->elapsed = MAX (0.0, (double) g_date_time_difference (self->finished, self->started) /
                                  G_TIME_SPAN_SECOND);

  road_report_set_scanner (report, self->scanner != NULL ? self->scanner : "",
                           self->version != NULL ? self->version : "",
                           self->scan_type != NULL ? self->scan_type : ROAD_SCAN_TYPE_CONNECT);
  if (self->started != NULL)
    road_report_set_started (report, self->started);
  add_problems (self, report);
  for (guint i = 0; i < hosts->len; i++)
    road_host_set_index (g_ptr_array_index (hosts, i), i);
  road_report_add_hosts (report, hosts);
  count_hosts (self, report, hosts->len);
  road_report_finish (report, status, self->finished, self->elapsed);

  return report;
}

/* The file of an interrupted or running scan has no end: what it contains is shown. */
static RoadReport *
reader_end (gpointer reader, GError **error)
{
  Reader *self = reader;
  GError *local_error = NULL;

  if (!g_markup_parse_context_end_parse (self->context, &local_error))
    {
      if (local_error->domain == ROAD_ERROR)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      g_clear_error (&local_error);
      self->root_ended = FALSE;
    }

  if (!self->root_ended)
    {
      if (road_xml_host_is_open (self->host))
        road_xml_host_end (self->host, FALSE, NULL);
      if (road_xml_host_table_finish (self->table)->len == 0)
        {
          fail (&local_error, _ (ROAD_FORMAT_INCOMPLETE));
          propagate_at (self, error, local_error);
          return NULL;
        }
    }

  return make_report (self);
}

/* Reads nmap's XML, also that of an interrupted scan. */
const RoadReportReaderClass road_xml_reader = {
  .begin = reader_begin,
  .feed = reader_feed,
  .end = reader_end,
  .free = reader_free,
};
