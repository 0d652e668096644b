/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-connector-pool.h"

#include "road-client-connector.h"
#include "road-socket-connector.h"

/*
 *   RoadScan ──> pool ──┬──> RoadClientConnector, main loop ──> GSocketClient
 *                       └──> RoadSocketConnector, thread ─────> GSocket, epoll
 *
 * The report and its models belong to the main thread; connectors exchange probes and outcomes with
 * it through locked arrays; disk and DNS use the threads of GTask.
 */

/* Another socket connector is added when the threads are busy for this share of the time, or have more
 * connects in flight than this. */
#define BUSY_THREAD 0.7
#define MAX_IN_FLIGHT_PER_THREAD 512

/* Beside several threads the client connector has so many connects in flight: the main context walks through all
 * of them whenever a thread reports. */
#define MAX_CLIENT_BESIDE_THREADS 16

/* How often the CPU time of the threads is measured, in µs. */
#define CHECK_INTERVAL 20000

typedef struct
{
  RoadConnector *connector;
  GArray *batch; /* of RoadProbe, to be started */
} Member;

struct _RoadConnectorPool
{
  RoadConnectorFunc func;
  gpointer user_data;
  Member client;
  GArray *threads; /* of Member, the socket connectors */
  guint max_threads;

  /* The last check, and the CPU time of the threads then, in µs. */
  gint64 checked_at;
  gint64 thread_time;
};

static RoadConnectorKinds kinds_in_use = ROAD_CONNECTOR_CLIENT | ROAD_CONNECTOR_SOCKET;

/* For tests: limits what all pools of the process that are made from now on use. With a client connector
 * alone, probes that do not fit wait. */
void
road_connector_pool_use_only (RoadConnectorKinds kinds)
{
  g_return_if_fail (kinds != 0);

  kinds_in_use = kinds;
}

static void
member_init (Member *member, RoadConnector *connector)
{
  member->connector = connector;
  member->batch = g_array_new (FALSE, FALSE, sizeof (RoadProbe));
}

static void
member_clear (gpointer data)
{
  Member *member = data;

  g_clear_object (&member->connector);
  g_clear_pointer (&member->batch, g_array_unref);
}

static guint
get_load (const Member *member)
{
  return road_connector_get_n_pending (member->connector) + member->batch->len;
}

static void
start (Member *member)
{
  road_connector_start (member->connector, (const RoadProbe *) (gpointer) member->batch->data,
                        member->batch->len);
  g_array_set_size (member->batch, 0);
}

static Member *
get_thread (RoadConnectorPool *self, guint i)
{
  return &g_array_index (self->threads, Member, i);
}

/* If there is no thread or file descriptor for another one, the scan goes on with those it has. */
static void
add_thread (RoadConnectorPool *self)
{
  RoadConnector *connector = road_socket_connector_new (self->func, self->user_data);
  Member member;

  if (connector == NULL)
    {
      self->max_threads = self->threads->len;
      return;
    }

  member_init (&member, connector);
  g_array_append_val (self->threads, member);
}

/**
 * road_connector_pool_new:
 * @func: called with the probes that ended, in the thread-default main context of the caller
 *
 * Returns: (transfer full): a pool with a client connector
 */
RoadConnectorPool *
road_connector_pool_new (RoadConnectorFunc func, gpointer user_data)
{
  RoadConnectorPool *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (RoadConnectorPool, 1);
  self->func = func;
  self->user_data = user_data;
  member_init (&self->client, road_client_connector_new (func, user_data));
  self->threads = g_array_new (FALSE, FALSE, sizeof (Member));
  g_array_set_clear_func (self->threads, member_clear);
  self->max_threads = kinds_in_use & ROAD_CONNECTOR_SOCKET ? g_get_num_processors () : 0;

  return self;
}

/**
 * road_connector_pool_free:
 * @self: (transfer full): a pool with no pending probes
 */
void
road_connector_pool_free (RoadConnectorPool *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (road_connector_pool_get_n_pending (self) == 0);

  member_clear (&self->client);
  g_array_unref (self->threads);
  g_free (self);
}

/* Adds a socket connector if those that there are do not keep up. Must be called often. */
void
road_connector_pool_check (RoadConnectorPool *self, gint64 now)
{
  guint n_threads, n_in_flight = 0;
  gint64 passed, time = 0, used;

  g_return_if_fail (self != NULL);

  n_threads = self->threads->len;
  passed = now - self->checked_at;
  if (passed < CHECK_INTERVAL || n_threads == 0 || n_threads >= self->max_threads)
    return;

  for (guint i = 0; i < n_threads; i++)
    {
      RoadConnector *connector = get_thread (self, i)->connector;

      time += road_socket_connector_get_thread_time (ROAD_SOCKET_CONNECTOR (connector));
      n_in_flight += road_connector_get_n_pending (connector);
    }
  used = time - self->thread_time;
  self->thread_time = time;
  self->checked_at = now;

  if ((double) used > BUSY_THREAD * (double) passed * n_threads ||
      n_in_flight > n_threads * MAX_IN_FLIGHT_PER_THREAD)
    add_thread (self);
}

static gboolean
client_has_room (RoadConnectorPool *self)
{
  if (!(kinds_in_use & ROAD_CONNECTOR_CLIENT) && self->max_threads > 0)
    return FALSE;

  return get_load (&self->client) <
         (self->threads->len > 1 ? MAX_CLIENT_BESIDE_THREADS : ROAD_CLIENT_CONNECTOR_SIZE);
}

/* The connector for the next probe. */
static Member *
pick (RoadConnectorPool *self)
{
  Member *idlest;

  if (client_has_room (self))
    return &self->client;

  if (self->threads->len == 0 && self->max_threads > 0)
    add_thread (self);
  if (self->threads->len == 0)
    return &self->client;

  idlest = get_thread (self, 0);
  for (guint i = 1; i < self->threads->len; i++)
    {
      if (get_load (get_thread (self, i)) < get_load (idlest))
        idlest = get_thread (self, i);
    }

  return idlest;
}

/* Gives a probe to the client connector or, if that is full, to the socket connector with the lowest load.
 * road_connector_pool_submit() starts it. */
void
road_connector_pool_add (RoadConnectorPool *self, const RoadProbe *probe)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (probe != NULL);

  g_array_append_vals (pick (self)->batch, probe, 1);
}

void
road_connector_pool_submit (RoadConnectorPool *self)
{
  g_return_if_fail (self != NULL);

  start (&self->client);
  for (guint i = 0; i < self->threads->len; i++)
    start (get_thread (self, i));
}

void
road_connector_pool_give_up (RoadConnectorPool *self, gpointer tag)
{
  g_return_if_fail (self != NULL);

  road_connector_give_up (self->client.connector, tag);
  for (guint i = 0; i < self->threads->len; i++)
    road_connector_give_up (get_thread (self, i)->connector, tag);
}

void
road_connector_pool_give_up_all (RoadConnectorPool *self)
{
  g_return_if_fail (self != NULL);

  road_connector_give_up_all (self->client.connector);
  for (guint i = 0; i < self->threads->len; i++)
    road_connector_give_up_all (get_thread (self, i)->connector);
}

/* Returns: how many probes have been started whose outcome has not been handed over */
guint
road_connector_pool_get_n_pending (RoadConnectorPool *self)
{
  guint n;

  g_return_val_if_fail (self != NULL, 0);

  n = road_connector_get_n_pending (self->client.connector);
  for (guint i = 0; i < self->threads->len; i++)
    n += road_connector_get_n_pending (get_thread (self, i)->connector);

  return n;
}

/* Returns: how many threads connect, besides the caller's own */
guint
road_connector_pool_get_n_threads (RoadConnectorPool *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->threads->len;
}
