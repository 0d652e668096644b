/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-identifier.h"

#include <glib/gi18n.h>

#include "road-identification.h"
#include "road-talk.h"

/* So many ports are asked at once, and so many of one host. */
#define MAX_AT_ONCE 16
#define MAX_PER_HOST 2

/* So many open ports of a host are asked: a host with more is hardly a real one. */
#define MAX_PORTS 256

/* What is left to do of a host. */
typedef struct
{
  GQueue ports; /* of GUINT_TO_POINTER */
  guint n_added;
  guint n_running;
  gboolean is_queued;
} Work;

struct _RoadIdentifier
{
  RoadIdentify how;
  guint max_at_once;
  guint interval_ms; /* between the starts of two; 0 is none */
  RoadIdentifierFuncs funcs;
  gpointer user_data;

  GHashTable *work;    /* of Work, by RoadHost */
  GQueue waiting;      /* of RoadHost: those of which a port can be started now; each once */
  GPtrArray *running;  /* of RoadIdentification */
  GPtrArray *finished; /* of RoadIdentification, until they are flushed */
  guint n_waiting;     /* ports */
  guint n_all;         /* ports that were added and are asked */
  gboolean is_paused;
  guint start_id;
};

static void start_some (RoadIdentifier *self);

static void
work_free (gpointer data)
{
  Work *work = data;

  g_queue_clear (&work->ports);
  g_free (work);
}

/* Puts the host in the queue if another of its ports may be asked. */
static void
queue_host (RoadIdentifier *self, RoadHost *host, Work *work)
{
  if (work->is_queued || work->ports.length == 0 || work->n_running >= MAX_PER_HOST)
    return;

  work->is_queued = TRUE;
  g_queue_push_tail (&self->waiting, host);
}

static void
on_identified (RoadIdentification *identification, gpointer user_data)
{
  RoadIdentifier *self = user_data;
  RoadHost *host = road_identification_get_host (identification);
  Work *work = g_hash_table_lookup (self->work, host);
  guint index = 0;

  g_ptr_array_find (self->running, identification, &index);
  g_ptr_array_add (self->finished, g_ptr_array_steal_index_fast (self->running, index));
  work->n_running--;
  queue_host (self, host, work);
  start_some (self);
  if (self->running->len == 0 && self->n_waiting == 0)
    self->funcs.idle (self->user_data);
}

static void
start_one (RoadIdentifier *self)
{
  RoadHost *host = g_queue_pop_head (&self->waiting);
  Work *work = g_hash_table_lookup (self->work, host);
  const guint16 port = (guint16) GPOINTER_TO_UINT (g_queue_pop_head (&work->ports));

  work->is_queued = FALSE;
  self->n_waiting--;
  work->n_running++;
  g_ptr_array_add (self->running,
                   road_identification_new (host, port, self->how, on_identified, self));
  queue_host (self, host, work);
}

static gboolean
can_start (RoadIdentifier *self)
{
  return !self->is_paused && self->waiting.length > 0 && self->running->len < self->max_at_once;
}

static gboolean
on_start (gpointer user_data)
{
  RoadIdentifier *self = user_data;

  self->start_id = 0;
  if (can_start (self))
    {
      start_one (self);
      start_some (self);
    }

  return G_SOURCE_REMOVE;
}

static void
start_some (RoadIdentifier *self)
{
  if (self->interval_ms > 0)
    {
      if (self->start_id == 0 && can_start (self))
        self->start_id = g_timeout_add (self->interval_ms, on_start, self);
      return;
    }

  while (can_start (self))
    start_one (self);
}

/**
 * road_identifier_new:
 * @how: to listen or to ask
 * @max_parallelism: at most so many ports at once; 0 is automatic
 * @max_rate: at most so many ports in a second; 0 is automatic
 * @funcs: what is called; copied
 *
 * Returns: (transfer full): free it with road_identifier_free()
 */
RoadIdentifier *
road_identifier_new (RoadIdentify how,
                     guint max_parallelism,
                     guint max_rate,
                     const RoadIdentifierFuncs *funcs,
                     gpointer user_data)
{
  RoadIdentifier *self;

  g_return_val_if_fail (how != ROAD_IDENTIFY_NOTHING, NULL);
  g_return_val_if_fail (funcs != NULL, NULL);

  self = g_new0 (RoadIdentifier, 1);
  self->how = how;
  self->max_at_once = max_parallelism > 0 ? MIN (max_parallelism, MAX_AT_ONCE) : MAX_AT_ONCE;
  /* A port can take two connections. */
  self->interval_ms = max_rate > 0 ? 2 * 1000 / max_rate : 0;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->work = g_hash_table_new_full (NULL, NULL, g_object_unref, work_free);
  self->running = g_ptr_array_new_with_free_func ((GDestroyNotify) road_identification_free);
  self->finished = g_ptr_array_new_with_free_func ((GDestroyNotify) road_identification_free);
  g_queue_init (&self->waiting);

  return self;
}

/* @self: (transfer full): what to free; it gives up what it is doing, at once */
void
road_identifier_free (RoadIdentifier *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->start_id, g_source_remove);
  g_ptr_array_unref (self->running);
  g_ptr_array_unref (self->finished);
  g_queue_clear (&self->waiting);
  g_hash_table_unref (self->work);
  g_free (self);
}

/**
 * road_identifier_add:
 * @port: an open port of @host
 *
 * Asks the port when it is its turn.
 */
void
road_identifier_add (RoadIdentifier *self, RoadHost *host, guint16 port)
{
  Work *work;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ROAD_IS_HOST (host));

  work = g_hash_table_lookup (self->work, host);
  if (work == NULL)
    {
      work = g_new0 (Work, 1);
      g_queue_init (&work->ports);
      g_hash_table_insert (self->work, g_object_ref (host), work);
    }

  work->n_added++;
  if (work->n_added > MAX_PORTS)
    {
      if (work->n_added == MAX_PORTS + 1)
        road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_REMARK,
                            _ ("Too many open ports: not all of them were asked what they are"));
      return;
    }

  self->n_waiting++;
  self->n_all++;
  g_queue_push_tail (&work->ports, GUINT_TO_POINTER (port));
  queue_host (self, host, work);
  start_some (self);
}

/* Begins with no more ports; those that are being asked end. */
void
road_identifier_pause (RoadIdentifier *self)
{
  g_return_if_fail (self != NULL);

  self->is_paused = TRUE;
}

void
road_identifier_resume (RoadIdentifier *self)
{
  g_return_if_fail (self != NULL);

  self->is_paused = FALSE;
  start_some (self);
}

/* Gives the hosts what was found out.
 * Returns: whether there was anything */
gboolean
road_identifier_flush (RoadIdentifier *self)
{
  g_autoptr (GPtrArray) finished = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  finished = g_steal_pointer (&self->finished);
  self->finished = g_ptr_array_new_with_free_func ((GDestroyNotify) road_identification_free);
  for (guint i = 0; i < finished->len; i++)
    {
      RoadIdentification *identification = g_ptr_array_index (finished, i);

      road_identification_apply (identification);
      if (self->funcs.identified != NULL)
        self->funcs.identified (road_identification_get_host (identification),
                                road_identification_get_port (identification), self->user_data);
    }

  return finished->len > 0;
}

/* Returns: whether anything is being asked, or waits for it */
gboolean
road_identifier_is_busy (RoadIdentifier *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->running->len > 0 || self->n_waiting > 0;
}

/* Returns: how many of the @n_all ports (out) that are to be asked were asked */
guint
road_identifier_get_n_done (RoadIdentifier *self, guint *n_all)
{
  g_return_val_if_fail (self != NULL && n_all != NULL, 0);

  *n_all = self->n_all;

  return self->n_all - self->n_waiting - self->running->len;
}

/* Returns: whether services that use TLS can be asked: without glib-networking they cannot */
gboolean
road_identifier_can_use_tls (void)
{
  return road_talk_can_use_tls ();
}
