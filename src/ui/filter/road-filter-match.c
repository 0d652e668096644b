/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-filter-query-private.h"

#include "engine/report/road-host-notes.h"
#include "engine/ports/road-services.h"
#include "engine/report/road-tls.h"
#include "store/road-host-names.h"
#include "ui/widgets/road-host-look.h"

/* Which ports of a host match. */

/* What is the same for all ports of a host. */
typedef struct
{
  RoadFilterQuery *query;
  RoadHost *host;
  guint32 words; /* those that are still to be found in something about the port */
  const guint32 *usual;
  gboolean has_notes;
} Context;

static gboolean
is_in_names (RoadFilterWord *word, RoadHost *host)
{
  const char *const *lists[] = { road_host_get_user_names (host),
                                 road_host_get_other_addresses (host) };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (guint j = 0; lists[i] != NULL && lists[i][j] != NULL; j++)
        {
          if (road_filter_word_is_in (word, lists[i][j]))
            return TRUE;
        }
    }

  return road_filter_word_is_in (word, road_host_get_ptr_name (host)) ||
         road_filter_word_is_in (word, road_host_get_mdns_name (host)) ||
         road_filter_word_is_in (word, road_host_names_find (host)) ||
         road_filter_word_is_in (word, road_host_get_address_string (host));
}

static gboolean
is_in_notes (RoadFilterWord *word, RoadHost *host, int port)
{
  for (guint i = road_host_find_note (host, port); i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        return FALSE;
      if (road_filter_word_is_in (word, note->text))
        return TRUE;
    }

  return FALSE;
}

static gboolean
matches_host (const RoadFilterTerm *term, RoadHost *host)
{
  g_autofree char *text = NULL;
  RoadMac mac;

  switch ((guint) term->kind)
    {
    case ROAD_FILTER_VENDOR:
      text = road_host_look_dup_vendor (host);
      return road_filter_word_is_in (term->word, text);
    case ROAD_FILTER_MAC:
      text = road_host_get_mac (host, &mac) ? road_mac_to_string (&mac) : NULL;
      return road_filter_word_is_in (term->word, text);
    case ROAD_FILTER_DEVICE:
      return (term->values & (1u << road_device_kind_guess (host))) != 0;
    case ROAD_FILTER_HOST:
    default:
      return is_in_names (term->word, host);
    }
}

/* Returns: %FALSE if nothing about @host can match */
static gboolean
context_init (Context *context, RoadFilterQuery *self, RoadHost *host)
{
  *context = (Context){
    .query = self,
    .host = host,
    .has_notes = road_host_get_n_notes (host) > 0,
  };

  for (guint i = 0; i < self->hosts->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (self->hosts, i);

      if (matches_host (term, host) == term->negated)
        return FALSE;
    }

  for (guint i = 0; i < self->words->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (self->words, i);
      const gboolean found =
          is_in_names (term->word, host) || is_in_notes (term->word, host, ROAD_NOTE_HOST);

      if (found && term->negated)
        return FALSE;
      if (!found)
        context->words |= 1u << i;
    }

  context->usual = road_filter_query_get_matching_ports (self, context->words);

  return TRUE;
}

static gboolean
is_among (const guint32 *ports, guint port)
{
  return ports[port] != ports[port + 1];
}

static gboolean
matches_latencies (RoadFilterQuery *self, guint latency_us)
{
  for (guint i = 0; i < self->latencies->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (self->latencies, i);

      if ((latency_us >= term->min_us && latency_us <= term->max_us) == term->negated)
        return FALSE;
    }

  return TRUE;
}

/* Whether the words are in the service that another scanner found, its version or notes. */
static gboolean
matches_found_service (const Context *context, const RoadService *service, guint16 port)
{
  const char *name =
      service != NULL && service->name != NULL ? service->name : road_services_get_name (port);
  guint32 words = context->words;

  for (guint i = 0; context->has_notes && i < context->query->words->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (context->query->words, i);

      if ((words & (1u << i)) == 0 || !is_in_notes (term->word, context->host, port))
        continue;
      if (term->negated)
        return FALSE;
      words &= ~(1u << i);
    }

  return road_filter_query_matches_words (context->query, words, name,
                                          service != NULL ? service->text : NULL);
}

static gboolean
matches_certificate (const Context *context, const RoadFilterTerm *term, guint16 port)
{
  g_autoptr (RoadTls) tls =
      context->has_notes ? road_tls_new_from_notes (context->host, port) : NULL;
  int days;

  return tls != NULL && road_tls_get_days_left (tls, context->query->now, &days) &&
         days >= term->min_days && days <= term->max_days;
}

/* Whether @term is true of what was found out about the port, however it is negated. */
static gboolean
matches_service_term (const Context *context, const RoadFilterTerm *term, guint16 port)
{
  const RoadService *service = road_host_get_service (context->host, port);

  switch ((guint) term->kind)
    {
    case ROAD_FILTER_CERTIFICATE:
      return matches_certificate (context, term, port);
    case ROAD_FILTER_TITLE:
      return road_filter_word_is_in (term->word, road_host_get_note_text (context->host, port,
                                                                          ROAD_NOTE_HTTP_TITLE));
    case ROAD_FILTER_PRODUCT:
      return service != NULL && road_filter_word_is_in (term->word, service->product);
    case ROAD_FILTER_VERSION:
    default:
      return service != NULL && road_filter_word_is_in (term->word, service->text);
    }
}

static gboolean
matches_services (const Context *context, guint16 port)
{
  for (guint i = 0; i < context->query->services->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (context->query->services, i);

      if (matches_service_term (context, term, port) == term->negated)
        return FALSE;
    }

  return TRUE;
}

/* Whether ports match of which nothing was found out. */
static gboolean
matches_no_service (RoadFilterQuery *self)
{
  for (guint i = 0; i < self->services->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (self->services, i);

      if (!term->negated)
        return FALSE;
    }

  return TRUE;
}

static gboolean
matches_port (const Context *context, guint16 port)
{
  const RoadService *service;

  if (context->query->services->len > 0 && !matches_services (context, port))
    return FALSE;

  if (context->words == 0)
    return is_among (context->usual, port);

  service = road_host_get_service (context->host, port);
  if (service == NULL && !context->has_notes)
    return is_among (context->usual, port);

  return road_filter_query_matches_port_terms (context->query, port) &&
         matches_found_service (context, service, port);
}

/* The first port from @port on that matches by its number and usual service, or ROAD_FILTER_N_PORTS. */
static guint
find_usual (const Context *context, guint port)
{
  const guint32 wanted = context->usual[port] + 1;
  guint first = port;
  guint last = ROAD_FILTER_N_PORTS;

  while (first < last)
    {
      const guint middle = first + (last - first) / 2;

      if (context->usual[middle + 1] >= wanted)
        last = middle;
      else
        first = middle + 1;
    }

  return first;
}

/* States with too many ports to list have no latencies, and other scanners tell nothing more about them. */
static gboolean
is_usual_only (const Context *context, const RoadPortGroup *group)
{
  return !road_host_lists_state (context->host, group->state);
}

static guint
count_range (const Context *context, const RoadPortGroup *group, const RoadPortRange *range)
{
  guint n_ports = 0;

  if ((context->words == 0 && context->query->services->len == 0) || is_usual_only (context, group))
    return context->usual[range->last + 1] - context->usual[range->first];

  for (guint port = range->first; port <= range->last; port++)
    n_ports += matches_port (context, (guint16) port) ? 1 : 0;

  return n_ports;
}

static gboolean
matches_group (RoadFilterQuery *self, guint state, guint reason)
{
  return (self->states & (1u << state)) != 0 && (self->reasons & (1u << reason)) != 0;
}

static gboolean
matches_result (const Context *context, const RoadPortResult *result)
{
  return matches_group (context->query, result->state, result->reason) &&
         matches_latencies (context->query, result->latency_us) &&
         matches_port (context, result->port);
}

/* Regardless of latencies, except that those of states with too many ports to list are unknown. */
static guint
count_group (const Context *context, const RoadPortGroup *group)
{
  RoadFilterQuery *self = context->query;
  guint n_ports = 0;
  guint n_ranges;
  const RoadPortRange *ranges;

  if (!matches_group (self, group->state, group->reason) ||
      (is_usual_only (context, group) &&
       (!matches_latencies (self, 0) || !matches_no_service (self))))
    return 0;

  ranges = road_port_set_get_ranges (group->ports, &n_ranges);
  for (guint i = 0; i < n_ranges; i++)
    n_ports += count_range (context, group, &ranges[i]);

  return n_ports;
}

static void
count_listed (const Context *context, guint n_ports[ROAD_N_PORT_STATES])
{
  g_autoptr (GArray) results = road_host_get_listed (context->host, FALSE);

  for (guint i = 0; i < results->len; i++)
    {
      const RoadPortResult *result = &g_array_index (results, RoadPortResult, i);

      if (matches_result (context, result))
        n_ports[result->state]++;
    }
}

/* Only latencies need a look at each port. */
static void
count_states (const Context *context, guint n_ports[ROAD_N_PORT_STATES])
{
  const gboolean has_latencies = context->query->latencies->len > 0;

  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    n_ports[state] = 0;

  if (has_latencies)
    count_listed (context, n_ports);

  for (guint i = 0; i < road_host_get_n_groups (context->host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (context->host, i);

      if (!has_latencies || is_usual_only (context, group))
        n_ports[group->state] += count_group (context, group);
    }
}

/* Whether so many ports match that they are counted. */
static gboolean
is_counted (guint state, const guint n_ports[ROAD_N_PORT_STATES])
{
  return state != ROAD_PORT_OPEN && n_ports[state] > ROAD_HOST_MAX_LISTED;
}

static void
list_listed (const Context *context, guint states, GArray *listed)
{
  g_autoptr (GArray) results = road_host_get_listed (context->host, FALSE);

  for (guint i = 0; i < results->len; i++)
    {
      const RoadPortResult *result = &g_array_index (results, RoadPortResult, i);

      if ((states & (1u << result->state)) != 0 && matches_result (context, result))
        g_array_append_vals (listed, result, 1);
    }
}

/* The few ports that match of a state with many. */
static void
list_few (const Context *context, const RoadPortGroup *group, GArray *listed)
{
  guint n_ranges;
  const RoadPortRange *ranges = road_port_set_get_ranges (group->ports, &n_ranges);

  for (guint i = 0; i < n_ranges; i++)
    {
      for (guint port = find_usual (context, ranges[i].first); port <= ranges[i].last;
           port = find_usual (context, port + 1))
        {
          const RoadPortResult result = {
            .port = (guint16) port,
            .state = (guint8) group->state,
            .reason = (guint8) group->reason,
            .reason_from = group->reason_from,
          };

          g_array_append_val (listed, result);
        }
    }
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  return (int) ((const RoadPortResult *) a)->port - (int) ((const RoadPortResult *) b)->port;
}

/* A host of which no ports are known matches by what it has itself. */
static gboolean
matches_alone (const Context *context)
{
  RoadFilterQuery *self = context->query;

  if (self->is_about_ports || (self->reasons & (1u << road_host_get_reason (context->host))) == 0)
    return FALSE;

  return road_filter_query_matches_words (self, context->words, NULL, NULL) &&
         matches_latencies (self, road_host_get_latency (context->host));
}

/* @n_ports: (out): how many ports of @host match, by state. Returns: whether the host itself matches, of
 * which no ports are known */
gboolean
road_filter_query_count (RoadFilterQuery *self, RoadHost *host, guint n_ports[ROAD_N_PORT_STATES])
{
  Context context;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    n_ports[state] = 0;

  if (!context_init (&context, self, host))
    return FALSE;

  count_states (&context, n_ports);

  return road_host_get_n_groups (host) == 0 && matches_alone (&context);
}

/* @states: a bit for each state that is wanted. Returns: the number of rows for road_filter_query_list(),
 * which takes longer: one for each port that is listed, and one for each state and reason of the others */
guint
road_filter_query_count_rows (RoadFilterQuery *self, RoadHost *host, guint states)
{
  guint n_ports[ROAD_N_PORT_STATES];
  guint32 reasons[ROAD_N_PORT_STATES] = { 0 };
  guint n_rows = 0;
  Context context;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (ROAD_IS_HOST (host), 0);

  if (!context_init (&context, self, host))
    return 0;

  count_states (&context, n_ports);
  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    n_rows += (states & (1u << state)) != 0 && !is_counted (state, n_ports) ? n_ports[state] : 0;

  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      const guint32 reason = 1u << group->reason;

      if ((states & (1u << group->state)) == 0 || !is_counted (group->state, n_ports) ||
          (reasons[group->state] & reason) != 0 || count_group (&context, group) == 0)
        continue;

      reasons[group->state] |= reason;
      n_rows++;
    }

  return n_rows;
}

/* @states: a bit for each state that is wanted. @counts: (element-type RoadFilterCount): where to add what
 * is too many to list. Returns: (transfer full) (element-type RoadPortResult): the ports of @host that
 * match, sorted by port. Ports that are usually counted are listed if only a few of them match. */
GArray *
road_filter_query_list (RoadFilterQuery *self, RoadHost *host, guint states, GArray *counts)
{
  GArray *listed = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  guint n_ports[ROAD_N_PORT_STATES];
  guint n_sorted;
  Context context;

  g_return_val_if_fail (self != NULL, listed);
  g_return_val_if_fail (ROAD_IS_HOST (host), listed);

  if (!context_init (&context, self, host))
    return listed;

  count_states (&context, n_ports);
  list_listed (&context, states, listed);
  n_sorted = listed->len;

  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      RoadFilterCount count = { .n_ports = 0 };

      if ((states & (1u << group->state)) == 0 || !is_usual_only (&context, group))
        continue;

      count.n_ports = count_group (&context, group);
      if (count.n_ports > 0 && !is_counted (group->state, n_ports))
        list_few (&context, group, listed);
      else if (count.n_ports > 0)
        {
          count.common.state = (guint8) group->state;
          count.common.reason = (guint8) group->reason;
          count.common.reason_from = group->reason_from;
          g_array_append_val (counts, count);
        }
    }

  if (listed->len > n_sorted)
    g_array_sort (listed, compare_results);

  return listed;
}

static RoadPortSet *
dup_matching (const Context *context, const RoadPortGroup *group)
{
  g_autoptr (GArray) matching = g_array_new (FALSE, FALSE, sizeof (guint16));
  guint n_ranges;
  const RoadPortRange *ranges = road_port_set_get_ranges (group->ports, &n_ranges);

  if (road_filter_query_is_empty (context->query))
    return road_port_set_ref (group->ports);

  for (guint i = 0; i < n_ranges; i++)
    {
      for (guint port = find_usual (context, ranges[i].first); port <= ranges[i].last;
           port = find_usual (context, port + 1))
        {
          const guint16 number = (guint16) port;

          g_array_append_val (matching, number);
        }
    }

  return road_port_set_new ((const guint16 *) (gpointer) matching->data, matching->len);
}

/* Returns: (transfer full): the ports of @host that match and that road_filter_query_list() only counts, with
 * this state and reason */
RoadPortSet *
road_filter_query_dup_counted (RoadFilterQuery *self,
                               RoadHost *host,
                               RoadPortState state,
                               RoadReason reason)
{
  RoadPortSet *counted = road_port_set_new_empty ();
  Context context;

  g_return_val_if_fail (self != NULL, counted);
  g_return_val_if_fail (ROAD_IS_HOST (host), counted);

  if (!context_init (&context, self, host))
    return counted;

  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      g_autoptr (RoadPortSet) matching = NULL;
      RoadPortSet *before = counted;

      if (group->state != state || group->reason != reason || !is_usual_only (&context, group))
        continue;

      matching = dup_matching (&context, group);
      counted = road_port_set_union (before, matching);
      road_port_set_unref (before);
    }

  return counted;
}
