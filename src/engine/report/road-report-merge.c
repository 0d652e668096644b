/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-report-merge.h"

#include <glib/gi18n.h>

/* So many conflicts are named; of others only the number. */
#define MAX_NAMED 100

/* A report that is merged. */
typedef struct
{
  RoadReport *report;
  const char *name;
} Part;

typedef struct
{
  GArray *parts; /* of Part, the oldest first */
  RoadReport *report;
  GHashTable *hosts; /* of RoadHost, by address */
  GPtrArray *found;  /* of RoadHost, in order */
  GHashTable *from;  /* of Part, by RoadHost: which one was taken last */
  guint n_known;     /* how often a host was in another report, too */
  guint n_conflicts;
} Merge;

static int
compare_times (GDateTime *a, GDateTime *b)
{
  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);

  return g_date_time_compare (a, b);
}

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  return road_address_compare (road_host_get_address (*(RoadHost *const *) a),
                               road_host_get_address (*(RoadHost *const *) b));
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  return compare_times (road_report_get_started (((const Part *) a)->report),
                        road_report_get_started (((const Part *) b)->report));
}

static Part *
get_part (Merge *self, guint i)
{
  return &g_array_index (self->parts, Part, i);
}

/* Whether all scans have the same targets: they are parts of one. */
static gboolean
have_same_targets (Merge *self)
{
  const char *targets = road_report_get_targets (get_part (self, 0)->report);

  for (guint i = 1; i < self->parts->len; i++)
    {
      if (!g_str_equal (targets, road_report_get_targets (get_part (self, i)->report)))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full): each text once, separated by spaces */
static char *
join_targets (Merge *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const char *targets = road_report_get_targets (get_part (self, i)->report);

      if (g_hash_table_add (known, (gpointer) targets))
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", targets);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* Returns: (transfer full): the newest profile, with the ports of all */
static RoadProfile *
join_profiles (Merge *self)
{
  RoadProfile *newest = road_report_get_profile (get_part (self, self->parts->len - 1)->report);
  g_autoptr (RoadPortSet) ports = road_port_set_ref (newest->ports);

  for (guint i = 0; i + 1 < self->parts->len; i++)
    {
      RoadPortSet *more = road_report_get_profile (get_part (self, i)->report)->ports;
      g_autoptr (RoadPortSet) outside = road_port_set_subtract (more, ports);

      if (road_port_set_get_n_ports (outside) > 0)
        {
          RoadPortSet *all = road_port_set_join (ports, more);

          road_port_set_unref (ports);
          ports = all;
        }
    }

  return road_profile_copy (newest, "ports", ports, "shard", 0, "n-shards", 0, NULL);
}

/* Returns: of how many shards of the scan there is a report; only of those that finished, if @only_finished */
static guint
count_shards (Merge *self, gboolean only_finished)
{
  const guint n = road_report_get_profile (get_part (self, 0)->report)->shard.n;
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      RoadReport *report = get_part (self, i)->report;
      const RoadShard *shard = &road_report_get_profile (report)->shard;

      if (shard->n != 0 && shard->n == n &&
          (!only_finished || road_report_get_status (report) == ROAD_REPORT_FINISHED))
        g_hash_table_add (numbers, GUINT_TO_POINTER (shard->number));
    }

  return g_hash_table_size (numbers);
}

/* Says which shards of the scan are missing. */
static void
check_shards (Merge *self)
{
  const RoadShard *first = &road_report_get_profile (get_part (self, 0)->report)->shard;
  const guint n_shards = count_shards (self, FALSE);
  g_autofree char *problem = NULL;

  if (n_shards == 0 || n_shards == first->n)
    return;

  problem = g_strdup_printf (
      /* Translators: the number of machines, which is at least 2, and of their parts */
      ngettext ("The scan was shared by %u machine; parts that are merged: %u.",
                "The scan was shared by %u machines; parts that are merged: %u.", first->n),
      first->n, n_shards);
  road_report_add_problem (self->report, problem);
}

static const char *
get_word (RoadPortState state)
{
  switch (state)
    {
    case ROAD_PORT_OPEN:
      return C_ ("port", "open");
    case ROAD_PORT_CLOSED:
      return C_ ("port", "closed");
    case ROAD_PORT_FILTERED:
      return C_ ("port", "filtered");
    case ROAD_PORT_UNKNOWN:
    default:
      return C_ ("port", "unknown");
    }
}

static void
name_conflict (Merge *self, RoadHost *host, guint16 port, const Part *part)
{
  const Part *before = g_hash_table_lookup (self->from, host);
  g_autofree char *problem = NULL;
  RoadPortResult result;

  if (self->n_conflicts++ >= MAX_NAMED || !road_host_get_result (host, port, &result))
    return;

  problem = g_strdup_printf (
      /* Translators: “10.0.0.1, port 80: closed in a.json, open in b.json; the later result is used.” */
      _ ("%s, port %u: %s in %s, %s in %s; the later result is used."), road_host_get_title (host),
      port, get_word (road_host_get_state_before (host, port)), before->name,
      get_word ((RoadPortState) result.state), part->name);
  road_report_add_problem (self->report, problem);
}

/* Where two reports tell different states of a port. */
static void
name_conflicts (Merge *self, RoadHost *host, const Part *part)
{
  g_autoptr (RoadPortSet) changed = road_host_dup_changed (host);
  const guint n = road_port_set_get_n_ports (changed);

  for (guint i = 0; i < n; i++)
    name_conflict (self, host, road_port_set_get_nth (changed, i), part);
  road_host_forget_changes (host);
}

/* Whether @part was scanned at the same time as the one that the host was taken from last, or before. */
static gboolean
overlaps (Merge *self, RoadHost *host, const Part *part)
{
  const Part *before = g_hash_table_lookup (self->from, host);
  GDateTime *finished = road_report_get_finished (before->report);
  GDateTime *started = road_report_get_started (part->report);

  return finished == NULL || started == NULL || g_date_time_compare (started, finished) < 0;
}

static void
merge_host (Merge *self, RoadHost *newer, const Part *part)
{
  RoadHost *host = g_hash_table_lookup (self->hosts, road_host_get_address (newer));
  RoadHostState state;
  RoadReason reason;
  const char *const *names = road_host_get_user_names (newer);

  if (host == NULL)
    {
      g_hash_table_insert (self->hosts, (gpointer) road_host_get_address (newer), newer);
      g_hash_table_insert (self->from, newer, (gpointer) part);
      g_ptr_array_add (self->found, g_object_ref (newer));
      return;
    }

  self->n_known++;
  state = road_host_get_state (host);
  reason = road_host_get_reason (host);
  road_host_update (host, newer, NULL);
  /* A host that answered one of several scans at the same time is up. */
  if (state == ROAD_HOST_UP && road_host_get_state (newer) != ROAD_HOST_UP &&
      overlaps (self, host, part))
    road_host_set_state (host, state, reason);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (!road_host_has_user_name (host, names[i]))
        road_host_add_user_name (host, names[i]);
    }
  name_conflicts (self, host, part);
  g_hash_table_insert (self->from, host, (gpointer) part);
}

static void
merge_hosts (Merge *self, const Part *part)
{
  g_autoptr (GPtrArray) hosts = road_report_dup_hosts (part->report);

  for (guint i = 0; i < hosts->len; i++)
    merge_host (self, g_ptr_array_index (hosts, i), part);
}

static void
merge_problems (Merge *self, const Part *part)
{
  const char *const *problems = road_report_get_problems (part->report);

  for (guint i = 0; problems[i] != NULL; i++)
    {
      g_autofree char *problem = g_strdup_printf ("%s: %s", part->name, problems[i]);

      road_report_add_problem (self->report, problem);
    }
}

/* How many addresses there are, and how many of them are down and not listed. An address of different targets
 * counts twice if it is listed in only one of the reports, or in none. A shard asks only some of the addresses,
 * which it does not list if they are down: how many are down is only known when all shards have finished. */
static void
count (Merge *self)
{
  const gboolean same = have_same_targets (self);
  const guint n_shards = road_report_get_profile (get_part (self, 0)->report)->shard.n;
  const gboolean complete = same && n_shards != 0 && count_shards (self, TRUE) == n_shards;
  guint64 n_targets = 0, n_excluded = 0, n_down = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      RoadReport *report = get_part (self, i)->report;
      const guint64 targets = road_report_get_n_targets (report);
      const guint64 excluded = road_report_get_n_excluded (report);

      n_targets =
          same ? MAX (n_targets, targets) : n_targets + MIN (targets, G_MAXUINT64 - n_targets);
      n_excluded =
          same ? MAX (n_excluded, excluded) : n_excluded + MIN (excluded, G_MAXUINT64 - n_excluded);
      n_down = same ? MAX (n_down, road_report_get_n_unlisted_down (report))
                    : n_down + road_report_get_n_unlisted_down (report);
    }

  if (!same)
    n_targets -= MIN (n_targets, self->n_known);
  else if (complete || n_down > n_targets - MIN (n_targets, self->found->len))
    n_down = n_targets - MIN (n_targets, self->found->len);
  road_report_set_n_targets (self->report, n_targets);
  road_report_set_n_excluded (self->report, n_excluded);
  road_report_add_down (self->report, n_down);
}

/* The merged scan lasted from the first start to the last end. */
static void
finish (Merge *self)
{
  GDateTime *started = road_report_get_started (get_part (self, 0)->report);
  GDateTime *finished = NULL;
  RoadReportStatus status = ROAD_REPORT_FINISHED;
  double elapsed = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      RoadReport *report = get_part (self, i)->report;
      GDateTime *end = road_report_get_finished (report);

      if (road_report_get_status (report) != ROAD_REPORT_FINISHED)
        status = ROAD_REPORT_STOPPED;
      if (end != NULL && compare_times (end, finished) > 0)
        finished = end;
      elapsed += road_report_get_elapsed (report);
    }

  if (started != NULL)
    road_report_set_started (self->report, started);
  road_report_finish (self->report, status, finished, elapsed);
}

static void
set_scanner (Merge *self)
{
  RoadReport *newest = get_part (self, self->parts->len - 1)->report;

  road_report_set_scanner (self->report, road_report_get_scanner_name (newest),
                           road_report_get_scanner_version (newest),
                           road_report_get_scan_type (newest));
}

/**
 * road_report_merge:
 * @reports: (element-type RoadReport): at least one report; their hosts become those of the merged one, so that
 *   they must not be used any more
 * @names: what each is called in problems
 *
 * Merges reports: of shards of a scan, or of scans of different targets, ports or times. Where they give
 * different states for a port, that of the scan that began later is used, and the conflict is named among the problems.
 * A host that answered is up, unless a later scan that did not overlap says otherwise. Takes time and memory
 * in proportion to what is listed.
 *
 * Returns: (transfer full): the merged report
 */
RoadReport *
road_report_merge (GPtrArray *reports, const char *const *names)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GHashTable) hosts = g_hash_table_new (road_address_hash, road_address_equal);
  g_autoptr (GHashTable) from = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoadProfile) profile = NULL;
  g_autofree char *targets = NULL;
  Merge merge = { .parts = parts, .hosts = hosts, .from = from, .found = found };

  g_return_val_if_fail (reports != NULL && reports->len > 0, NULL);
  g_return_val_if_fail (names != NULL, NULL);

  for (guint i = 0; i < reports->len; i++)
    {
      const Part part = { g_ptr_array_index (reports, i), names[i] };

      g_array_append_val (parts, part);
    }
  g_array_sort (parts, compare_parts);

  targets = join_targets (&merge);
  profile = join_profiles (&merge);
  merge.report = road_report_new (targets, profile);
  set_scanner (&merge);
  check_shards (&merge);
  for (guint i = 0; i < parts->len; i++)
    {
      merge_problems (&merge, get_part (&merge, i));
      merge_hosts (&merge, get_part (&merge, i));
    }
  if (merge.n_conflicts > MAX_NAMED)
    {
      g_autofree char *problem = g_strdup_printf (
          /* Translators: what follows a list of such ports */
          ngettext ("%u more port has different states.", "%u more ports have different states.",
                    merge.n_conflicts - MAX_NAMED),
          merge.n_conflicts - MAX_NAMED);

      road_report_add_problem (merge.report, problem);
    }

  g_ptr_array_sort (found, compare_addresses);
  for (guint i = 0; i < found->len; i++)
    road_host_set_index (g_ptr_array_index (found, i), i);
  road_report_add_hosts (merge.report, found);
  count (&merge);
  finish (&merge);

  return merge.report;
}
