/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-checks.h"

/* In ms. By then the kernel has sent at least three SYNs. */
#define TIMEOUT 4000

typedef struct
{
  RoadPortChecks *owner;
  RoadHost *host;
  guint16 port;
  RoadPortCheck *check;
} Entry;

struct _RoadPortChecks
{
  GObject parent_instance;

  GHashTable *entries; /* (element-type Entry Entry) */
};

enum
{
  CHANGED,
  UPDATED,
  ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadPortChecks, road_port_checks, G_TYPE_OBJECT)

static guint
hash_entry (gconstpointer entry)
{
  return g_direct_hash (((const Entry *) entry)->host) + ((const Entry *) entry)->port;
}

static gboolean
equal_entries (gconstpointer a, gconstpointer b)
{
  const Entry *first = a, *second = b;

  return first->host == second->host && first->port == second->port;
}

static void on_check_changed (Entry *entry);

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_signal_handlers_disconnect_by_func (entry->check, on_check_changed, entry);
  g_object_unref (entry->check);
  g_object_unref (entry->host);
  g_free (entry);
}

static RoadPortResult
make_result (guint16 port, const RoadConnectTrace *trace)
{
  const gboolean silent = trace->kind == ROAD_OUTCOME_NO_ANSWER;

  return (RoadPortResult){
    .port = port,
    .state = (guint8) trace->state,
    .reason = (guint8) trace->reason,
    .latency_us = trace->rtt_us,
    .reason_from = trace->reason_from,
    .n_silent = (guint16) (silent ? trace->n_syns : 0),
    .silent_ms = silent ? trace->ended_us / 1000 : 0,
  };
}

static gboolean
is_same (const RoadPortResult *a, const RoadPortResult *b)
{
  return a->state == b->state && a->reason == b->reason &&
         road_address_equal (&a->reason_from, &b->reason_from);
}

/* Gives the host what was found out now, like a scan of this one port. */
static void
update_host (Entry *entry)
{
  const RoadConnectTrace *trace = road_port_check_get_trace (entry->check);
  const RoadPortResult result = make_result (entry->port, trace);
  g_autoptr (RoadPortSet) covered = road_port_set_new (&entry->port, 1);
  g_autoptr (RoadHost) newer = road_host_new (road_host_get_address (entry->host), NULL, NULL);
  RoadPortResult older;
  const gboolean has_result = road_host_get_result (entry->host, entry->port, &older);
  const gboolean changes = !has_result || !is_same (&older, &result);

  /* A scan that has not come to the port yet would give it a second result. */
  if (!has_result && !road_host_get_done (entry->host))
    return;

  if (result.state == ROAD_PORT_OPEN || result.state == ROAD_PORT_CLOSED)
    road_host_set_state (newer, ROAD_HOST_UP,
                         road_host_get_state (entry->host) == ROAD_HOST_UP
                             ? road_host_get_reason (entry->host)
                             : (RoadReason) result.reason);
  road_host_add_results (newer, &result, 1);
  road_host_update (entry->host, newer, covered);
  if (changes)
    g_signal_emit (entry->owner, signals[UPDATED], 0);
}

static void
on_check_changed (Entry *entry)
{
  const RoadConnectTrace *trace = road_port_check_get_trace (entry->check);
  g_autoptr (RoadPortChecks) owner = g_object_ref (entry->owner);

  if (trace->ended && trace->kind != ROAD_OUTCOME_LOCAL_ERROR)
    update_host (entry);
  g_signal_emit (owner, signals[CHANGED], 0);
  if (trace->ended)
    g_signal_emit (owner, signals[ENDED], 0, entry->host, (guint) entry->port);
}

static void
road_port_checks_finalize (GObject *object)
{
  g_clear_pointer (&ROAD_PORT_CHECKS (object)->entries, g_hash_table_unref);

  G_OBJECT_CLASS (road_port_checks_parent_class)->finalize (object);
}

static void
road_port_checks_class_init (RoadPortChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_port_checks_finalize;

  /* A check has got on. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /* The report has changed, as a port has another result than before. */
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /* The check of a host's port (the arguments) is over. */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, ROAD_TYPE_HOST, G_TYPE_UINT);
}

static void
road_port_checks_init (RoadPortChecks *self)
{
  self->entries = g_hash_table_new_full (hash_entry, equal_entries, NULL, entry_free);
}

RoadPortChecks *
road_port_checks_new (void)
{
  return g_object_new (ROAD_TYPE_PORT_CHECKS, NULL);
}

/* Connects to @port once and updates its result in @host. Does nothing if that is already going on. */
void
road_port_checks_start (RoadPortChecks *self, RoadHost *host, guint16 port)
{
  RoadPortCheck *running;
  Entry *entry;

  g_return_if_fail (ROAD_IS_PORT_CHECKS (self));
  g_return_if_fail (ROAD_IS_HOST (host));

  running = road_port_checks_get (self, host, port);
  if (running != NULL && !road_port_check_get_trace (running)->ended)
    return;

  entry = g_new0 (Entry, 1);
  entry->owner = self;
  entry->host = g_object_ref (host);
  entry->port = port;
  entry->check = road_port_check_new (road_host_get_address (host), port);
  g_hash_table_replace (self->entries, entry, entry);
  g_signal_connect_swapped (entry->check, "changed", G_CALLBACK (on_check_changed), entry);
  road_port_check_start (entry->check, TIMEOUT);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: (transfer none) (nullable): the last check of @port; %NULL if there was none, or if the port has
 * another result since */
RoadPortCheck *
road_port_checks_get (RoadPortChecks *self, RoadHost *host, guint16 port)
{
  const Entry key = { .host = host, .port = port };
  const RoadConnectTrace *trace;
  RoadPortResult checked, result;
  Entry *entry;

  g_return_val_if_fail (ROAD_IS_PORT_CHECKS (self), NULL);

  entry = g_hash_table_lookup (self->entries, &key);
  if (entry == NULL)
    return NULL;

  trace = road_port_check_get_trace (entry->check);
  if (!trace->ended || trace->kind == ROAD_OUTCOME_LOCAL_ERROR)
    return entry->check;

  checked = make_result (port, trace);

  return road_host_get_result (host, port, &result) && is_same (&result, &checked) ? entry->check
                                                                                   : NULL;
}
