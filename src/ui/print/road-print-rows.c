/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-print-rows.h"

#include "engine/base/road-locale.h"
#include "engine/base/road-text-escape.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-host-look.h"

#include <glib/gi18n.h>

/* Bytes of a value in a row: about a third of a page. */
#define MAX_FACT 1500

struct _RoadPrintRows
{
  GPtrArray *first; /* of RoadPrintRow, before the hosts */
  GArray *hosts;    /* of Host */
  guint n_rows;
};

typedef struct
{
  RoadHost *host;
  RoadPortSet *open;
  guint row; /* its own, which those of its ports follow */
} Host;

void
road_print_row_free (RoadPrintRow *row)
{
  g_return_if_fail (row != NULL);

  for (guint i = 0; i < ROAD_PRINT_N_CELLS; i++)
    g_free (row->cells[i]);
  g_free (row);
}

static RoadPrintRow *
new_row (RoadPrintKind kind)
{
  RoadPrintRow *row = g_new0 (RoadPrintRow, 1);

  row->kind = kind;

  return row;
}

static RoadPrintRow *
add_row (GPtrArray *rows, RoadPrintKind kind)
{
  RoadPrintRow *row = new_row (kind);

  g_ptr_array_add (rows, row);

  return row;
}

/* Takes @text. */
static void
add_text (GPtrArray *rows, RoadPrintKind kind, char *text)
{
  add_row (rows, kind)->cells[0] = text;
}

/* Returns: how many bytes of @text, up to a space, go in a row */
static gsize
get_part_length (const char *text)
{
  gsize length = 0;
  const char *end = text;

  for (; *end != '\0' && end - text < MAX_FACT; end = g_utf8_next_char (end))
    {
      if (*end == ' ')
        length = (gsize) (end - text) + 1;
    }

  return *end == '\0' || length == 0 ? (gsize) (end - text) : length;
}

/* Takes @value. A row is not torn apart between two pages, so long values have several. */
static void
add_fact (GPtrArray *rows, const char *label, char *value)
{
  const char *rest = value;

  do
    {
      const gsize length = get_part_length (rest);
      RoadPrintRow *row = add_row (rows, ROAD_PRINT_FACT);

      row->cells[0] = g_strdup (rest == value ? label : "");
      row->cells[1] = g_strndup (rest, length);
      rest += length;
    }
  while (*rest != '\0');

  g_free (value);
}

/* How completely it was scanned, and what was found. */
static void
add_verdict (GPtrArray *rows, RoadReport *report)
{
  RoadProfile *profile = road_report_get_profile (report);
  guint n_unfinished = 0;

  add_text (rows, ROAD_PRINT_TEXT,
            road_result_text_found (road_report_get_status (report),
                                    road_report_get_n_hosts (report, ROAD_HOST_UP),
                                    road_report_get_n_hosts (report, ROAD_HOST_DOWN),
                                    road_report_get_n_ports (report, ROAD_PORT_OPEN),
                                    road_profile_get_only_discovers (profile), report));
  if (road_report_get_status (report) == ROAD_REPORT_RUNNING)
    add_text (rows, ROAD_PRINT_TEXT, g_strdup (_ ("The scan was still running.")));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (report)); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);

      n_unfinished += !road_host_get_done (host);
    }
  if (n_unfinished > 0)
    add_text (rows, ROAD_PRINT_TEXT,
              g_strdup_printf (ngettext ("%'u host was not scanned completely.",
                                         "%'u hosts were not scanned completely.", n_unfinished),
                               n_unfinished));
}

static void
add_times (GPtrArray *rows, RoadReport *report)
{
  GDateTime *started = road_report_get_started (report);
  const double elapsed = road_report_get_elapsed (report);

  if (started != NULL)
    {
      g_autoptr (GDateTime) local = g_date_time_to_local (started);

      /* Translators: when a scan started */
      add_fact (rows, _ ("Started"), road_locale_format_time (local));
    }
  if (elapsed > 0)
    /* Translators: how long a scan took */
    add_fact (rows, _ ("Duration"), road_result_text_duration (elapsed));
}

/* Returns: (transfer full): their number, and all of them; lines break at spaces */
static char *
format_ports (RoadPortSet *ports)
{
  g_autofree char *text = road_port_set_to_string (ports);
  g_auto (GStrv) ranges = g_strsplit (text, ",", -1);
  g_autofree char *list = g_strjoinv (road_locale_get_separator (), ranges);

  /* Translators: a number of ports, and which these are */
  return g_strdup_printf (_ ("%'u: %s"), road_port_set_get_n_ports (ports), list);
}

static void
add_scope (GPtrArray *rows, RoadReport *report)
{
  RoadProfile *profile = road_report_get_profile (report);
  g_autoptr (RoadPortSet) ports = road_profile_dup_scanned_ports (profile);

  /* Translators: what was scanned: a word before a colon or in a table, here and below */
  add_fact (rows, _ ("Targets"), road_text_escape (road_report_get_targets (report)));
  add_fact (rows, _ ("Addresses"),
            g_strdup_printf ("%'" G_GUINT64_FORMAT, road_report_get_n_targets (report)));
  if (profile->exclude_targets != NULL)
    add_fact (rows, _ ("Excluded targets"),
              road_text_escape (road_target_spec_get_text (profile->exclude_targets)));
  add_fact (rows, _ ("Ports"),
            road_profile_get_only_discovers (profile) ? g_strdup (_ ("none, only host discovery"))
                                                      : format_ports (ports));
  if (profile->exclude_ports != NULL && road_port_set_get_n_ports (profile->exclude_ports) > 0)
    add_fact (rows, _ ("Excluded ports"), format_ports (profile->exclude_ports));
  if (*profile->name != '\0')
    /* Translators: the profile that the scan used */
    add_fact (rows, _ ("Profile"), road_text_escape (profile->name));
}

static void
add_scanner (GPtrArray *rows, RoadReport *report)
{
  g_autofree char *scanner = g_strdup_printf ("%s %s", road_report_get_scanner_name (report),
                                              road_report_get_scanner_version (report));

  /* Translators: the program that made the report, and its version */
  add_fact (rows, _ ("Scanner"), road_text_escape (scanner));
}

static void
add_problems (GPtrArray *rows, RoadReport *report)
{
  const char *const *problems = road_report_get_problems (report);

  if (problems[0] == NULL)
    return;

  /* Translators: a heading: what could not be scanned */
  add_text (rows, ROAD_PRINT_HEADING, g_strdup (_ ("Problems")));
  for (guint i = 0; problems[i] != NULL; i++)
    add_text (rows, ROAD_PRINT_TEXT, road_text_escape (problems[i]));
}

static RoadPrintRow *
make_port (RoadHost *host, guint16 port)
{
  RoadPrintRow *row = new_row (ROAD_PRINT_PORT);
  const char *service = road_host_get_service_name (host, port);
  char *version = road_result_text_version (host, port);
  RoadPortResult result = { .port = port };

  road_host_get_result (host, port, &result);
  row->cells[0] = g_strdup_printf ("%u", port);
  row->cells[1] = service != NULL ? road_text_escape (service) : g_strdup ("");
  row->cells[2] = version != NULL ? version : g_strdup ("");
  row->cells[3] = road_result_text_latency (result.latency_us);

  return row;
}

static RoadPrintRow *
make_host (RoadHost *host)
{
  g_autofree char *title = road_host_look_dup_title (host);
  const char *address = road_host_get_address_string (host);
  RoadPrintRow *row = new_row (ROAD_PRINT_HOST);

  row->cells[0] = g_str_equal (title, address) ? g_strdup (address)
                                               : g_strdup_printf (_ ("%s · %s"), title, address);
  row->cells[1] = road_result_text_host_state (host);

  return row;
}

/* Returns: (transfer full): without looking at each of the ports, of which there can be thousands */
static RoadPortSet *
dup_open (RoadHost *host)
{
  RoadPortSet *open = road_port_set_new_empty ();

  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      RoadPortSet *before = open;

      if (group->state != ROAD_PORT_OPEN)
        continue;
      open = road_port_set_union (before, group->ports);
      road_port_set_unref (before);
    }

  return open;
}

static void
add_hosts (RoadPrintRows *self, RoadReport *report)
{
  add_text (self->first, ROAD_PRINT_HEADING, g_strdup (_ ("Hosts and Open Ports")));
  self->n_rows = self->first->len;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (report)); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);
      Host entry = { .host = host, .row = self->n_rows };

      if (road_host_get_state (host) != ROAD_HOST_UP &&
          road_host_get_n_ports (host, ROAD_PORT_OPEN) == 0)
        continue;
      entry.open = dup_open (host);
      self->n_rows += 1 + road_port_set_get_n_ports (entry.open);
      g_object_ref (host);
      g_array_append_val (self->hosts, entry);
    }

  if (self->hosts->len == 0)
    {
      add_text (self->first, ROAD_PRINT_TEXT, g_strdup (_ ("No hosts responded.")));
      self->n_rows = self->first->len;
    }
}

static void
clear_host (gpointer data)
{
  Host *entry = data;

  g_object_unref (entry->host);
  road_port_set_unref (entry->open);
}

RoadPrintRows *
road_print_rows_new (RoadReport *report)
{
  RoadPrintRows *self;
  g_autofree char *excerpt = NULL;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  self = g_new0 (RoadPrintRows, 1);
  self->first = g_ptr_array_new_with_free_func ((GDestroyNotify) road_print_row_free);
  self->hosts = g_array_new (FALSE, FALSE, sizeof (Host));
  g_array_set_clear_func (self->hosts, clear_host);

  excerpt = road_text_excerpt (road_report_get_targets (report));
  /* Translators: the title of a report on paper; %s is what was scanned */
  add_text (self->first, ROAD_PRINT_TITLE, g_strdup_printf (_ ("Scan of %s"), excerpt));
  add_verdict (self->first, report);
  add_times (self->first, report);
  add_scope (self->first, report);
  add_scanner (self->first, report);
  add_problems (self->first, report);
  add_hosts (self, report);

  return self;
}

void
road_print_rows_free (RoadPrintRows *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->first);
  g_array_unref (self->hosts);
  g_free (self);
}

guint
road_print_rows_get_n_rows (RoadPrintRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

/* The host of a row after the first ones. */
static const Host *
find_entry (RoadPrintRows *self, guint index)
{
  guint first = 0;
  guint last = self->hosts->len;

  while (last - first > 1)
    {
      const guint middle = first + (last - first) / 2;

      if (g_array_index (self->hosts, Host, middle).row <= index)
        first = middle;
      else
        last = middle;
    }

  return &g_array_index (self->hosts, Host, first);
}

/* @index: less than road_print_rows_get_n_rows() */
RoadPrintKind
road_print_rows_get_kind (RoadPrintRows *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n_rows, ROAD_PRINT_TEXT);

  if (index < self->first->len)
    return ((const RoadPrintRow *) g_ptr_array_index (self->first, index))->kind;

  return find_entry (self, index)->row == index ? ROAD_PRINT_HOST : ROAD_PRINT_PORT;
}

/* @index: a row of a host or port. Returns: that of the host */
guint
road_print_rows_find_host (RoadPrintRows *self, guint index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index >= self->first->len && index < self->n_rows, 0);

  return find_entry (self, index)->row;
}

static RoadPrintRow *
row_copy (const RoadPrintRow *row)
{
  RoadPrintRow *copy = new_row (row->kind);

  for (guint i = 0; i < ROAD_PRINT_N_CELLS; i++)
    copy->cells[i] = g_strdup (row->cells[i]);

  return copy;
}

/* @index: less than road_print_rows_get_n_rows(). Returns: (transfer full): the row, with what is known of a host or port
 * by now */
RoadPrintRow *
road_print_rows_make (RoadPrintRows *self, guint index)
{
  const Host *entry;

  g_return_val_if_fail (self != NULL && index < self->n_rows, NULL);

  if (index < self->first->len)
    return row_copy (g_ptr_array_index (self->first, index));

  entry = find_entry (self, index);
  if (entry->row == index)
    return make_host (entry->host);

  return make_port (entry->host, road_port_set_get_nth (entry->open, index - entry->row - 1));
}
