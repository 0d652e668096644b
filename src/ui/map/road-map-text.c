/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-text.h"

#include "engine/base/road-locale.h"
#include "engine/base/road-text-escape.h"
#include "ui/results/road-result-text.h"

#include <glib/gi18n.h>

/* What the map shows, in words. */

/* Returns: (transfer full): a network of 256 addresses: "192.168.1.0/24" */
char *
road_map_text_network (RoadMapModel *model, guint network)
{
  g_autofree char *address = road_address_to_string (road_map_model_get_network (model, network));

  return g_strdup_printf ("%s/24", address);
}

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? road_locale_get_separator () : "", part);
}

/* The number whose plural form is used. */
static gulong
get_plural (guint64 n)
{
  return (gulong) MIN (n, G_MAXULONG);
}

/* Appends @format with the number instead of "%s", but nothing if that is 0. */
static void
append_count (GString *text, guint64 n, const char *format)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
  g_autoptr (GString) part = g_string_new (format);

  if (n == 0)
    return;

  g_string_replace (part, "%s", number, 1);
  append_part (text, part->str);
}

static guint64
get_n_up (const RoadMapCounts *counts)
{
  return counts->n_cells[ROAD_MAP_UP] + counts->n_cells[ROAD_MAP_OPEN];
}

/* Returns: (transfer full): what is most important, as short as possible: "3 up, 7 open" */
char *
road_map_text_network_counts (const RoadMapCounts *counts)
{
  GString *text = g_string_new (NULL);
  const guint64 n_up = get_n_up (counts);
  const guint64 n_open = counts->n_open;

  /* Translators: the number of hosts that are up, as short as possible */
  append_count (text, n_up, ngettext ("%s up", "%s up", get_plural (n_up)));
  /* Translators: the number of open ports of a network, as short as possible */
  append_count (text, n_open, ngettext ("%s open", "%s open", get_plural (n_open)));

  return g_string_free (text, FALSE);
}

/* Returns: a state of addresses without open ports, for the report, as it has no results or an end */
const char *
road_map_text_state (RoadMapState state, RoadReport *report)
{
  const gboolean from_file = !road_report_get_knows_ended (report);

  switch (state)
    {
    case ROAD_MAP_EXCLUDED:
      /* Translators: an address that was not to be scanned */
      return C_ ("address", "excluded");
    case ROAD_MAP_PENDING:
      if (road_report_get_status (report) == ROAD_REPORT_RUNNING)
        /* Translators: an address that is still to be scanned */
        return C_ ("address", "pending");
      /* Translators: an address that was left out when the scan was stopped */
      return C_ ("address", "not scanned");
    case ROAD_MAP_SILENT:
      if (!from_file || road_report_get_status (report) == ROAD_REPORT_RUNNING)
        return C_ ("host", "no response");
      if (road_report_get_status (report) == ROAD_REPORT_FINISHED)
        /* Translators: an address of which an opened file says nothing */
        return C_ ("address", "no response, or not in the file");
      /* Translators: an address of which an opened file says nothing, as the scan was stopped */
      return C_ ("address", "no response, or not scanned");
    case ROAD_MAP_UP:
    case ROAD_MAP_OPEN:
      return C_ ("host", "up");
    case ROAD_MAP_NOT_ASKED:
    case ROAD_N_MAP_STATES:
    default:
      /* Translators: an address that is not among the targets */
      return C_ ("address", "not a target");
    }
}

/* Returns: (transfer full): "5 up, 251 not responding, 37 open ports" */
static char *
describe_counts (const RoadMapCounts *counts, RoadReport *report)
{
  GString *text = g_string_new (NULL);
  const guint64 n_up = get_n_up (counts);
  const guint64 n_silent = counts->n_cells[ROAD_MAP_SILENT];
  const guint64 n_pending = counts->n_cells[ROAD_MAP_PENDING];
  const guint64 n_excluded = counts->n_cells[ROAD_MAP_EXCLUDED];
  g_autofree char *open = NULL;

  if (n_up == 0)
    append_part (text,
                 /* Translators: no host is up */
                 _ ("none up"));
  append_count (text, n_up, ngettext ("%s up", "%s up", get_plural (n_up)));
  /* Translators: the number of addresses that gave no answer */
  append_count (text, n_silent,
                ngettext ("%s not responding", "%s not responding", get_plural (n_silent)));
  if (road_report_get_status (report) == ROAD_REPORT_RUNNING)
    /* Translators: a number of addresses that are still to be scanned */
    append_count (text, n_pending, ngettext ("%s pending", "%s pending", get_plural (n_pending)));
  else
    append_count (
        text, n_pending,
        /* Translators: a number of addresses that were left out when the scan was stopped */
        ngettext ("%s not scanned", "%s not scanned", get_plural (n_pending)));
  /* Translators: a number of addresses that are not to be scanned */
  append_count (text, n_excluded, ngettext ("%s excluded", "%s excluded", get_plural (n_excluded)));
  if (road_profile_get_only_discovers (road_report_get_profile (report)))
    return g_string_free (text, FALSE);

  if (counts->n_open > 0)
    open =
        g_strdup_printf (ngettext ("%'u open port", "%'u open ports", get_plural (counts->n_open)),
                         (guint) MIN (counts->n_open, G_MAXUINT));
  append_part (text, open != NULL ? open : _ ("no open ports"));

  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): all of it in a line: "192.168.1.0/24: 5 up, 251 not responding, 37 open ports" */
char *
road_map_text_summary (RoadMapModel *model)
{
  RoadReport *report = road_map_model_get_report (model);
  const guint n_networks = road_map_model_get_n_networks (model);
  const guint n_singles = road_map_model_get_n_singles (model);
  g_autofree char *what = NULL;
  g_autofree char *found = NULL;
  RoadMapCounts counts;

  if (n_networks == 1 && n_singles == 0)
    road_map_model_count_network (model, 0, &counts);
  else
    road_map_model_count (model, &counts);

  found = describe_counts (&counts, report);
  if (n_networks == 1 && n_singles == 0)
    what = road_map_text_network (model, 0);
  else if (n_networks > 1)
    what = g_strdup_printf (ngettext ("%'u network", "%'u networks", n_networks), n_networks);
  else if (n_networks == 0 && n_singles > 0)
    what = g_strdup_printf (ngettext ("%'u host", "%'u hosts", n_singles), n_singles);
  else
    return g_steal_pointer (&found);

  /* Translators: a network, or a number of them, and a summary of its results */
  return g_strdup_printf (C_ ("network", "%s: %s"), what, found);
}

/* Returns: (transfer full): all about a cell: "nas.lan, 192.168.1.20, up, 2 open ports: ssh 22, http 80" */
char *
road_map_text_cell (RoadMapModel *model, guint position)
{
  const char *state;
  g_autofree char *title = NULL;
  RoadMapCell cell;
  RoadAddress address;

  road_map_model_get_cell (model, position, &cell);
  if (cell.host != NULL)
    return road_result_text_row (G_OBJECT (cell.host));

  state = road_map_text_state (cell.state, road_map_model_get_report (model));
  if (road_map_model_get_name (model, position) != NULL)
    title = road_text_label (road_map_model_get_name (model, position));
  else if (road_map_model_get_address (model, position, &address))
    title = road_address_to_string (&address);

  /* Translators: an address and its state: "192.168.1.7, no response" */
  return g_strdup_printf (C_ ("address", "%s, %s"), title != NULL ? title : "", state);
}

/* Returns: (transfer full): where a cell is: "cell 21 of 256", and if there are more, the network */
char *
road_map_text_place (RoadMapModel *model, guint position)
{
  const guint n_networks = road_map_model_get_n_networks (model);
  const guint network = position / ROAD_MAP_NETWORK_SIZE;
  g_autofree char *name = NULL;
  g_autofree char *found = NULL;
  RoadMapCounts counts;

  if (network >= n_networks)
    /* Translators: said by screen readers: where a host is on the map */
    return g_strdup_printf (_ ("host %'u of %'u"),
                            position - n_networks * ROAD_MAP_NETWORK_SIZE + 1,
                            road_map_model_get_n_singles (model));

  if (n_networks == 1)
    /* Translators: said by screen readers: where an address is on the map */
    return g_strdup_printf (_ ("cell %'u of %'u"), position % ROAD_MAP_NETWORK_SIZE + 1,
                            ROAD_MAP_NETWORK_SIZE);

  name = road_map_text_network (model, network);
  road_map_model_count_network (model, network, &counts);
  found = describe_counts (&counts, road_map_model_get_report (model));

  /* Translators: said by screen readers: where an address is on the map, of the network (the third word) whose
   * results follow */
  return g_strdup_printf (_ ("cell %'u of %'u in %s: %s"), position % ROAD_MAP_NETWORK_SIZE + 1,
                          ROAD_MAP_NETWORK_SIZE, name, found);
}
