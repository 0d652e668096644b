/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-copy.h"

#include "ui/widgets/road-host-look.h"
#include "ui/rows/road-port-row.h"
#include "ui/widgets/road-reason-text.h"
#include "road-result-text.h"
#include "engine/base/road-text-escape.h"
#include "formats/text/road-text-writer.h"

#include <glib/gi18n.h>
#include <string.h>

/* Rows as text with tabs, which become columns in a spreadsheet. Each row has the name of its host, so
 * that it makes sense on its own. */

static void
append_field (GString *out, const char *text)
{
  if (text != NULL)
    road_text_append_escaped (out, text);
  g_string_append_c (out, '\t');
}

static void
append_taken_field (GString *out, char *text)
{
  append_field (out, text);
  g_free (text);
}

static void
append_host_fields (GString *out, RoadHost *host)
{
  const char *address = road_host_get_address_string (host);
  const char *title = road_host_get_title (host);
  g_autofree char *names = g_strjoinv (" ", (char **) road_host_get_user_names (host));

  append_field (out, address);
  if (*names != '\0')
    append_field (out, names);
  else
    append_field (out, g_strcmp0 (title, address) != 0 ? title : NULL);
}

static void
append_host (GString *out, RoadHost *host)
{
  append_host_fields (out, host);
  append_field (out, NULL);
  append_taken_field (out, road_result_text_host_state (host));
  append_field (out, NULL);
  append_taken_field (out, road_reason_text_get_name (road_host_get_reason (host), NULL));
  append_taken_field (out, road_result_text_latency (road_host_get_latency (host)));
  append_taken_field (out, road_result_text_version (host, ROAD_NOTE_HOST));
  append_taken_field (out, road_host_look_dup_vendor (host));
}

static void
append_port (GString *out, RoadPortRow *row)
{
  RoadHost *host = road_port_row_get_host (row);
  const RoadPortResult *result = road_port_row_get_result (row);
  const gboolean is_count = road_port_row_is_count (row);
  const guint count = road_port_row_get_count (row);
  const RoadPortRange *range = road_port_row_get_range (row);

  append_host_fields (out, host);
  if (range != NULL)
    append_taken_field (out, range->first == range->last
                                 ? g_strdup_printf ("%u", range->first)
                                 : g_strdup_printf ("%u-%u", range->first, range->last));
  else if (is_count)
    append_taken_field (out, g_strdup_printf (ngettext ("%'u port", "%'u ports", count), count));
  else
    append_taken_field (out, g_strdup_printf ("%u", result->port));
  append_field (out, road_result_text_port_state ((RoadPortState) result->state));
  append_field (out, is_count ? NULL : road_host_get_service_name (host, result->port));
  append_taken_field (out, road_reason_text_get_name ((RoadReason) result->reason,
                                                      &result->reason_from));
  append_taken_field (out, road_result_text_latency (result->latency_us));
  append_taken_field (out, is_count ? NULL : road_result_text_version (host, result->port));
}

static void
append_rows (GString *out, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      GObject *item = g_ptr_array_index (items, i);

      if (ROAD_IS_HOST (item))
        append_host (out, ROAD_HOST (item));
      else
        append_port (out, ROAD_PORT_ROW (item));

      while (out->str[out->len - 1] == '\t')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }
}

/* Returns: (transfer full): a line for each #RoadHost or #RoadPortRow in @items: address, names, port,
 * state, service, reason, latency, version and the host's vendor, separated by tabs. What a target can choose is
 * escaped with road_text_append_escaped(). */
char *
road_result_copy_rows (GPtrArray *items)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (items != NULL, NULL);

  append_rows (out, items);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
road_result_copy_addresses (GPtrArray *hosts)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (hosts != NULL, NULL);

  for (guint i = 0; i < hosts->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "",
                            road_host_get_address_string (g_ptr_array_index (hosts, i)));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The ports that an item stands for: all open ones of a host, or one port. */
static GArray *
list_ports (gpointer item)
{
  GArray *ports;

  if (ROAD_IS_HOST (item))
    return road_host_get_listed (ROAD_HOST (item), TRUE);

  ports = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  if (!road_port_row_is_count (item))
    g_array_append_vals (ports, road_port_row_get_result (item), 1);

  return ports;
}

static RoadHost *
get_host (gpointer item)
{
  return ROAD_IS_HOST (item) ? ROAD_HOST (item) : road_port_row_get_host (ROAD_PORT_ROW (item));
}

/* @seen: (element-type utf8): the lines that are there already: a port may be selected as well as its host */
static void
append_endpoints (GString *out, GPtrArray *items, GHashTable *seen)
{
  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);
      g_autoptr (GArray) ports = list_ports (item);
      const char *address = road_host_get_address_string (get_host (item));
      const gboolean is_v6 = strchr (address, ':') != NULL;

      for (guint j = 0; j < ports->len; j++)
        {
          char *line = g_strdup_printf (is_v6 ? "[%s]:%u\n" : "%s:%u\n", address,
                                        g_array_index (ports, RoadPortResult, j).port);

          if (g_hash_table_add (seen, line))
            g_string_append (out, line);
        }
    }
}

/* Returns: (transfer full): a line for each port in @items, and for each open port of a host there:
 * "192.0.2.1:22" or "[2001:db8::1]:22" */
char *
road_result_copy_endpoints (GPtrArray *items)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (items != NULL, NULL);

  append_endpoints (out, items, seen);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The fields of road_result_copy_rows(), and their titles. */
#define N_FIELDS 8

static void
append_table_row (GString *out, const char *const *fields, const gboolean used[N_FIELDS])
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_auto (GStrv) parts = NULL;
      g_autofree char *text = NULL;

      if (!used[i])
        continue;
      parts = g_strsplit (fields[i], "|", -1);
      text = g_strjoinv ("\\|", parts);
      g_string_append_printf (out, "| %s ", text);
    }
  g_string_append (out, "|\n");
}

/* Returns: (transfer full): @items as a table in Markdown, without columns that would be empty */
char *
road_result_copy_table (GPtrArray *items)
{
  const char *const titles[N_FIELDS] = {
    /* Translators: the title of a column */
    C_ ("column", "Address"),
    /* Translators: the title of a column: the name of a host */
    C_ ("column", "Name"),
    /* Translators: the title of a column */
    C_ ("column", "Port"), C_ ("column", "State"), C_ ("column", "Service"),
    C_ ("column", "Reason"), C_ ("column", "Latency"), C_ ("column", "Version")
  };
  const char *const line[N_FIELDS] = { "---", "---", "---", "---", "---", "---", "---", "---" };
  gboolean used[N_FIELDS] = { FALSE };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (items != NULL, NULL);

  text = road_result_copy_rows (items);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      const guint n_tabs = N_FIELDS - 1;
      g_autofree char *padding = g_strnfill (n_tabs, '\t');
      g_autofree char *padded = g_strconcat (lines[i], padding, NULL);
      char **fields = g_strsplit (padded, "\t", -1);

      for (guint j = 0; j < N_FIELDS; j++)
        used[j] = used[j] || *fields[j] != '\0';
      g_ptr_array_add (rows, fields);
    }

  append_table_row (out, titles, used);
  append_table_row (out, line, used);
  for (guint i = 0; i < rows->len; i++)
    append_table_row (out, (const char *const *) g_ptr_array_index (rows, i), used);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
append_command (GString *out, GPtrArray *items, gboolean is_v6)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GString) hosts = g_string_new (NULL);
  g_autoptr (RoadPortSet) set = NULL;
  g_autofree char *list = NULL;
  RoadHost *last = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      RoadHost *host = get_host (g_ptr_array_index (items, i));
      const char *address = road_host_get_address_string (host);
      g_autoptr (GArray) ports = NULL;

      if ((strchr (address, ':') != NULL) != is_v6)
        continue;

      if (host != last)
        g_string_append_printf (hosts, " %s", address);
      last = host;
      ports = list_ports (g_ptr_array_index (items, i));
      for (guint j = 0; j < ports->len; j++)
        g_array_append_val (numbers, g_array_index (ports, RoadPortResult, j).port);
    }

  if (hosts->len == 0)
    return;

  set = road_port_set_new ((const guint16 *) (gpointer) numbers->data, numbers->len);
  list = road_port_set_to_string (set);
  g_string_append_printf (out, "%snmap%s -sT%s%s%s", out->len > 0 ? "\n" : "", is_v6 ? " -6" : "",
                          numbers->len > 0 ? " -p " : "", list, hosts->str);
}

/* Returns: (transfer full): a command by which nmap scans the hosts of @items: their ports in @items, or the
 * open ones of a host there. IPv6 needs a command of its own. */
char *
road_result_copy_command (GPtrArray *items)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (items != NULL, NULL);

  append_command (out, items, FALSE);
  append_command (out, items, TRUE);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* In steps. */

/* The user does not notice the first, which is enough for some thousand rows. The others leave time for frames. */
#define FIRST_STEP_US 20000
#define STEP_US 6000
#define ROWS_AT_ONCE 100

struct _RoadResultCopy
{
  RoadResultCopyKind kind;
  RoadReport *report;
  RoadPickedRows *rows;
  RoadResultCopyFunc done;
  gpointer user_data;

  GHashTable *seen; /* hosts, or for endpoints lines */
  GString *out;
  guint n_rows;
  guint source;
};

static void
append_hosts (RoadResultCopy *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      RoadHost *host = get_host (g_ptr_array_index (items, i));
      const guint n_seen = g_hash_table_size (self->seen);

      if (!g_hash_table_add (self->seen, host))
        continue;
      g_object_ref (host);
      if (self->kind == ROAD_RESULT_COPY_REPORTS)
        road_text_writer.host (self->report, host, n_seen, ROAD_FORMAT_FLAGS_REASON, self->out);
      else
        g_string_append_printf (self->out, "%s%s",
                                n_seen == 0                              ? ""
                                : self->kind == ROAD_RESULT_COPY_TARGETS ? " "
                                                                         : "\n",
                                road_host_get_address_string (host));
    }
}

/* Returns: whether there is more to do */
static gboolean
do_step (RoadResultCopy *self, gint64 length)
{
  const gint64 end = g_get_monotonic_time () + length;
  gboolean more = TRUE;

  while (more && g_get_monotonic_time () < end)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

      more = road_picked_rows_take (self->rows, items, ROWS_AT_ONCE);
      self->n_rows += items->len;
      if (self->kind == ROAD_RESULT_COPY_ROWS)
        append_rows (self->out, items);
      else if (self->kind == ROAD_RESULT_COPY_ENDPOINTS)
        append_endpoints (self->out, items, self->seen);
      else
        append_hosts (self, items);
    }

  return more;
}

static void
finish (RoadResultCopy *self, gboolean late)
{
  self->done (g_string_free (g_steal_pointer (&self->out), FALSE), self->n_rows, late,
              self->user_data);
}

static gboolean
on_step (gpointer user_data)
{
  RoadResultCopy *self = user_data;

  if (do_step (self, STEP_US))
    return G_SOURCE_CONTINUE;

  self->source = 0;
  finish (self, TRUE);
  road_result_copy_cancel (self);

  return G_SOURCE_REMOVE;
}

/**
 * road_result_copy_start:
 * @report: that the rows are of
 * @rows: (transfer full): what to copy
 * @done: is called once, unless the copying is cancelled; a few rows are ready before this returns
 *
 * Returns: (nullable): %NULL if @done was called; else it is freed after that, or by road_result_copy_cancel()
 */
RoadResultCopy *
road_result_copy_start (RoadResultCopyKind kind,
                        RoadReport *report,
                        RoadPickedRows *rows,
                        RoadResultCopyFunc done,
                        gpointer user_data)
{
  RoadResultCopy *self;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);
  g_return_val_if_fail (rows != NULL, NULL);
  g_return_val_if_fail (done != NULL, NULL);

  self = g_new0 (RoadResultCopy, 1);
  self->kind = kind;
  self->report = g_object_ref (report);
  self->rows = rows;
  self->done = done;
  self->user_data = user_data;
  self->out = g_string_new (NULL);
  self->seen = kind == ROAD_RESULT_COPY_ENDPOINTS
                   ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)
                   : g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  if (do_step (self, FIRST_STEP_US))
    {
      self->source = g_idle_add (on_step, self);
      return self;
    }

  finish (self, FALSE);
  road_result_copy_cancel (self);

  return NULL;
}

/* Frees @self, whose function is not called any more. */
void
road_result_copy_cancel (RoadResultCopy *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_hash_table_unref (self->seen);
  road_picked_rows_free (self->rows);
  g_object_unref (self->report);
  g_free (self);
}
