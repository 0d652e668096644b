/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-reader.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "road-json-fields.h"
#include "road-json-host.h"
#include "road-json-profile.h"
#include "road-json-splitter.h"
#include "road-json-writer.h"

/* 2^64. Larger numbers of addresses are written as this one. */
#define TOO_MANY 18446744073709551616.0

/* parser is used for one host after the other. host_error is the first error in a host. It is not reported at
 * once, because it is not the cause if the file is of another kind, or of a newer version whose "version"
 * comes after the hosts. */
typedef struct
{
  RoadJsonSplitter *splitter;
  JsonParser *parser;
  GPtrArray *hosts;
  GError *host_error;
} Reader;

/* The rest of the file. The texts belong to the parsed file. */
typedef struct
{
  const char *scanner_name;
  const char *scanner_version;
  const char *scan_type;
  const char *targets;
  RoadProfile *profile;
  GDateTime *started;
  GDateTime *finished;
  double elapsed;
  RoadReportStatus status;
  GStrv problems;
  double n_targets;
  double n_excluded;
  double n_unlisted_down;
} Draft;

static void
draft_clear (Draft *self)
{
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->finished, g_date_time_unref);
  g_clear_pointer (&self->problems, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

/* What the splitter lets through is JSON, and json-glib has no reason not to take it. */
static JsonNode *
parse (JsonParser *parser, const char *text, gssize length, GError **error)
{
  if (json_parser_load_from_data (parser, text, length, NULL))
    return json_parser_get_root (parser);

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                       _ ("The file is damaged: this is not valid JSON"));
  return NULL;
}

static gboolean
take_host (const char *text, gsize length, guint line, gpointer user_data, GError **error)
{
  Reader *self = user_data;
  GError *local_error = NULL;
  RoadHost *host = NULL;
  JsonObject *object = NULL;
  JsonNode *node;

  if (self->host_error != NULL)
    return TRUE;

  node = parse (self->parser, text, (gssize) length, &local_error);
  if (node != NULL)
    object = road_json_as_object (node, "hosts", &local_error);
  if (object != NULL)
    host = road_json_host_from_object (object, &local_error);

  if (host != NULL)
    g_ptr_array_add (self->hosts, host);
  else
    road_json_propagate_at (&self->host_error, local_error, line);

  return TRUE;
}

static gboolean
check_kind (JsonNode *node, RoadJsonSplitter *splitter, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *format = NULL;
  gint64 version = 0;
  GError *local_error = NULL;
  JsonNode *hosts;

  if (object == NULL || !road_json_read_string (object, "format", &format, NULL) ||
      g_strcmp0 (format, ROAD_JSON_FORMAT) != 0)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                           _ ("The file is JSON, but not a Roadstead report"));
      return FALSE;
    }

  if (!road_json_read_integer (object, "version", 1, G_MAXINT32, &version, &local_error) ||
      !road_json_require (version != 0 ? object : NULL, "version", &local_error))
    {
      road_json_propagate_at (error, local_error,
                              road_json_splitter_get_line (splitter, "version"));
      return FALSE;
    }
  if (version > ROAD_JSON_VERSION)
    {
      g_propagate_error (
          error,
          road_error_new_at (ROAD_ERROR_VERSION, road_json_splitter_get_line (splitter, "version"),
                             0,
                             _ ("The report was written by a newer version of Roadstead: it has "
                                "format version %d, and this version reads up to %d"),
                             (int) version, ROAD_JSON_VERSION));
      return FALSE;
    }

  hosts = json_object_get_member (object, "hosts");
  if (!road_json_require (hosts, "hosts", error))
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (hosts) || json_array_get_length (json_node_get_array (hosts)) > 0)
    {
      g_propagate_error (error,
                         road_error_new_at (ROAD_ERROR_FORMAT,
                                            road_json_splitter_get_line (splitter, "hosts"), 0,
                                            _ ("“%s” must be a list in brackets"), "hosts"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_time (JsonObject *object, const char *name, GDateTime **time, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *time = g_date_time_new_from_iso8601 (text, NULL);
  if (*time != NULL)
    return TRUE;

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
               /* Translators: the name of a field, and an example */
               _ ("“%s” must be a time with a time zone, such as %s"), name,
               "2026-01-31T23:59:59+01:00");
  return FALSE;
}

static gboolean
read_scanner (JsonObject *object, Draft *draft, GError **error)
{
  JsonObject *scanner = NULL;

  return road_json_read_object (object, "scanner", &scanner, error) &&
         (scanner == NULL ||
          (road_json_read_string (scanner, "name", &draft->scanner_name, error) &&
           road_json_read_string (scanner, "version", &draft->scanner_version, error) &&
           road_json_read_string (scanner, "scan_type", &draft->scan_type, error)));
}

static gboolean
read_targets (JsonObject *object, Draft *draft, GError **error)
{
  return road_json_read_string (object, "targets", &draft->targets, error);
}

static gboolean
read_profile (JsonObject *object, Draft *draft, GError **error)
{
  JsonObject *profile = NULL;

  if (!road_json_read_object (object, "profile", &profile, error))
    return FALSE;

  draft->profile = profile != NULL ? road_json_profile_from_object (profile, NULL, error)
                                   : road_profile_new (NULL);
  return draft->profile != NULL;
}

static gboolean
read_started (JsonObject *object, Draft *draft, GError **error)
{
  return read_time (object, "started", &draft->started, error);
}

static gboolean
read_finished (JsonObject *object, Draft *draft, GError **error)
{
  return read_time (object, "finished", &draft->finished, error);
}

static gboolean
read_elapsed (JsonObject *object, Draft *draft, GError **error)
{
  return road_json_read_double (object, "elapsed", G_MAXINT32, &draft->elapsed, error);
}

static gboolean
read_status (JsonObject *object, Draft *draft, GError **error)
{
  const char *name = NULL;

  if (!road_json_read_string (object, "status", &name, error) ||
      !road_json_require (name, "status", error))
    return FALSE;
  if (road_report_status_from_string (name, &draft->status) && draft->status != ROAD_REPORT_RUNNING)
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                       _ ("“status” must be “finished”, “stopped” or “failed”"));
  return FALSE;
}

static gboolean
read_problems (JsonObject *object, Draft *draft, GError **error)
{
  return road_json_read_strings (object, "problems", &draft->problems, error);
}

/* The rest of the summary is counted from the hosts. */
static gboolean
read_summary (JsonObject *object, Draft *draft, GError **error)
{
  JsonObject *summary = NULL;

  return road_json_read_object (object, "summary", &summary, error) &&
         (summary == NULL ||
          (road_json_read_double (summary, "n_targets", TOO_MANY, &draft->n_targets, error) &&
           road_json_read_double (summary, "n_excluded", TOO_MANY, &draft->n_excluded, error) &&
           road_json_read_double (summary, "n_unlisted_down", TOO_MANY, &draft->n_unlisted_down,
                                  error)));
}

static const struct
{
  const char *name;
  gboolean (*read) (JsonObject *object, Draft *draft, GError **error);
} members[] = {
  { "scanner", read_scanner }, { "targets", read_targets },   { "profile", read_profile },
  { "started", read_started }, { "finished", read_finished }, { "elapsed", read_elapsed },
  { "status", read_status },   { "problems", read_problems }, { "summary", read_summary },
};

/* All names that are read, of objects at any depth; those of a profile are known there. The most frequent come
 * first. */
static gboolean
is_known (const char *name)
{
  static const char *const names[] = {
    "port",
    "state",
    "reason",
    "service",
    "reason_from",
    "confidence",
    "product",
    "product_version",
    "extra_info",
    "version",
    "name",
    "type",
    "address",
    "names",
    "ports",
    "unlisted",
    "count",
    "latency_ms",
    "done",
    "timed_out",
    "notes",
    "text",
    "other_addresses",
    "format",
    "hosts",
    "scan_type",
    "n_targets",
    "n_excluded",
    "n_unlisted_down",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (name, names[i]))
        return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (g_str_equal (name, members[i].name))
        return TRUE;
    }

  /* It may be a known name that is written with an escape. */
  return road_json_profile_has_member (name) || strchr (name, '\\') != NULL;
}

static guint64
to_count (double number)
{
  return number < TOO_MANY ? (guint64) number : G_MAXUINT64;
}

static RoadReport *
make_report (const Draft *draft, GPtrArray *hosts)
{
  RoadReport *report = road_report_new (draft->targets, draft->profile);

  road_report_set_scanner (report, draft->scanner_name, draft->scanner_version, draft->scan_type);
  if (draft->started != NULL)
    road_report_set_started (report, draft->started);
  road_report_set_n_targets (report, to_count (draft->n_targets));
  road_report_set_n_excluded (report, to_count (draft->n_excluded));
  for (guint i = 0; draft->problems != NULL && draft->problems[i] != NULL; i++)
    road_report_add_problem (report, draft->problems[i]);
  for (guint i = 0; i < hosts->len; i++)
    road_host_set_index (g_ptr_array_index (hosts, i), i);
  road_report_add_hosts (report, hosts);
  if (draft->n_unlisted_down < TOO_MANY)
    road_report_add_down (report, (guint64) draft->n_unlisted_down);
  road_report_finish (report, draft->status, draft->finished, draft->elapsed);

  return report;
}

static gpointer
reader_begin (void)
{
  Reader *self = g_new0 (Reader, 1);

  self->splitter = road_json_splitter_new ("hosts", take_host, self);
  road_json_splitter_skip_unknown (self->splitter, is_known);
  self->parser = json_parser_new_immutable ();
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

static void
reader_free (gpointer reader)
{
  Reader *self = reader;

  g_clear_pointer (&self->splitter, road_json_splitter_free);
  g_clear_object (&self->parser);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_clear_error (&self->host_error);
  g_free (self);
}

static gboolean
reader_feed (gpointer reader, const char *data, gsize length, GError **error)
{
  Reader *self = reader;

  return road_json_splitter_feed (self->splitter, data, length, error);
}

static RoadReport *
reader_end (gpointer reader, GError **error)
{
  Reader *self = reader;
  g_auto (Draft) draft = {
    .targets = "", .scanner_name = "", .scanner_version = "", .scan_type = ROAD_SCAN_TYPE_CONNECT
  };
  JsonNode *node;
  JsonObject *object;

  if (!road_json_splitter_end (self->splitter, error))
    return NULL;

  node = parse (self->parser, road_json_splitter_get_rest (self->splitter), -1, error);
  if (node == NULL || !check_kind (node, self->splitter, error))
    return NULL;
  object = json_node_get_object (node);

  if (self->host_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->host_error));
      return NULL;
    }

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      GError *local_error = NULL;

      if (!members[i].read (object, &draft, &local_error))
        {
          road_json_propagate_at (error, local_error,
                                  road_json_splitter_get_line (self->splitter, members[i].name));
          return NULL;
        }
    }

  return make_report (&draft, self->hosts);
}

/* Reads what road_json_writer wrote, even if another program has changed the layout of the lines. */
const RoadReportReaderClass road_json_reader = {
  .begin = reader_begin,
  .feed = reader_feed,
  .end = reader_end,
  .free = reader_free,
};
