/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-connector.h"

/*
 * Outcomes go to the owner through two arrays under a lock. Only the first outcome wakes the owner, who
 * takes all that have come by then.
 *
 *   connector, any thread                             owner
 *
 *   road_connector_report() ──> probes, outcomes ───> road_connector_dispatch() ──> RoadConnectorFunc
 *
 * Nothing that takes time is done under the lock: if a busy machine preempts a thread there, a window that
 * waits for the lock misses its frame.
 */

/* GTK draws at priority 120: the scan waits for the frame. */
#define PRIORITY G_PRIORITY_DEFAULT_IDLE /* 200 */

typedef struct
{
  RoadConnectorFunc func;
  gpointer user_data;
  guint n_pending;

  GMutex mutex;
  GArray *probes;   /* of RoadProbe, that ended */
  GArray *outcomes; /* of RoadOutcome, one for each */

  /* Empty arrays to swap with them, so that threads hardly ever free each other's memory. */
  GArray *spare_probes;
  GArray *spare_outcomes;
} RoadConnectorPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RoadConnector, road_connector, G_TYPE_OBJECT)

static void
clear_outcome (gpointer outcome)
{
  road_outcome_clear (outcome);
}

static void
make_arrays (GArray **probes, GArray **outcomes)
{
  *probes = g_array_new (FALSE, FALSE, sizeof (RoadProbe));
  *outcomes = g_array_new (FALSE, FALSE, sizeof (RoadOutcome));
  g_array_set_clear_func (*outcomes, clear_outcome);
}

static void
swap (GArray **a, GArray **b)
{
  GArray *array = *a;

  *a = *b;
  *b = array;
}

static void
road_connector_finalize (GObject *object)
{
  RoadConnectorPrivate *priv = road_connector_get_instance_private (ROAD_CONNECTOR (object));

  g_clear_pointer (&priv->probes, g_array_unref);
  g_clear_pointer (&priv->outcomes, g_array_unref);
  g_clear_pointer (&priv->spare_probes, g_array_unref);
  g_clear_pointer (&priv->spare_outcomes, g_array_unref);
  g_mutex_clear (&priv->mutex);

  G_OBJECT_CLASS (road_connector_parent_class)->finalize (object);
}

static void
road_connector_class_init (RoadConnectorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_connector_finalize;
}

static void
road_connector_init (RoadConnector *self)
{
  RoadConnectorPrivate *priv = road_connector_get_instance_private (self);

  g_mutex_init (&priv->mutex);
  make_arrays (&priv->probes, &priv->outcomes);
}

static gboolean
dispatch_source (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

/**
 * road_connector_add_source:
 * @fd: a file descriptor, or -1
 * @func: called with a priority below GTK's drawing when @fd is readable or the source's ready time has come
 *
 * Returns: (transfer full): the source, attached to @context, for road_connector_remove_source()
 */
GSource *
road_connector_add_source (GMainContext *context, int fd, GSourceFunc func, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_source };
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_priority (source, PRIORITY);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_set_static_name (source, "RoadConnector");
  if (fd >= 0)
    g_source_add_unix_fd (source, fd, G_IO_IN);
  g_source_attach (source, context);

  return source;
}

void
road_connector_remove_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* For constructors of subclasses. */
RoadConnector *
road_connector_new (GType type, RoadConnectorFunc func, gpointer user_data)
{
  RoadConnector *self;
  RoadConnectorPrivate *priv;

  g_return_val_if_fail (g_type_is_a (type, ROAD_TYPE_CONNECTOR), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_object_new (type, NULL);
  priv = road_connector_get_instance_private (self);
  priv->func = func;
  priv->user_data = user_data;

  return self;
}

/**
 * road_connector_report:
 * @probes: (array length=n): probes that ended
 * @outcomes: (array length=n) (transfer full): their outcomes
 *
 * Queues outcomes for the owner; can be called from any thread.
 *
 * Returns: whether the owner must be woken to call road_connector_dispatch()
 */
gboolean
road_connector_report (RoadConnector *self,
                       const RoadProbe *probes,
                       const RoadOutcome *outcomes,
                       guint n)
{
  RoadConnectorPrivate *priv = road_connector_get_instance_private (self);

  gboolean is_first;

  if (n == 0)
    return FALSE;

  g_mutex_lock (&priv->mutex);
  is_first = priv->probes->len == 0;
  g_array_append_vals (priv->probes, probes, n);
  g_array_append_vals (priv->outcomes, outcomes, n);
  g_mutex_unlock (&priv->mutex);

  return is_first;
}

/* Hands the queued outcomes to the owner, in whose thread this must be called. The owner may drop its last
 * reference. */
void
road_connector_dispatch (RoadConnector *self)
{
  RoadConnectorPrivate *priv = road_connector_get_instance_private (self);
  g_autoptr (GArray) probes = g_steal_pointer (&priv->spare_probes);
  g_autoptr (GArray) outcomes = g_steal_pointer (&priv->spare_outcomes);

  g_object_ref (self); /* func() may drop the last reference */

  if (probes == NULL)
    make_arrays (&probes, &outcomes);
  g_mutex_lock (&priv->mutex);
  swap (&priv->probes, &probes);
  swap (&priv->outcomes, &outcomes);
  g_mutex_unlock (&priv->mutex);

  priv->n_pending -= probes->len;
  if (probes->len > 0)
    priv->func ((const RoadProbe *) (gpointer) probes->data,
                (const RoadOutcome *) (gpointer) outcomes->data, probes->len, priv->user_data);

  g_array_set_size (probes, 0);
  g_array_set_size (outcomes, 0);
  if (priv->spare_probes == NULL)
    {
      priv->spare_probes = g_steal_pointer (&probes);
      priv->spare_outcomes = g_steal_pointer (&outcomes);
    }

  g_object_unref (self);
}

/**
 * road_connector_start:
 * @probes: (array length=n_probes): what to connect to; copied
 *
 * Starts probes, soon. Each has exactly one outcome, in any order and never before this returns. The caller
 * limits how many are in flight.
 */
void
road_connector_start (RoadConnector *self, const RoadProbe *probes, guint n_probes)
{
  RoadConnectorPrivate *priv = road_connector_get_instance_private (self);

  g_return_if_fail (ROAD_IS_CONNECTOR (self));
  g_return_if_fail (probes != NULL || n_probes == 0);

  if (n_probes == 0)
    return;

  priv->n_pending += n_probes;
  ROAD_CONNECTOR_GET_CLASS (self)->start (self, probes, n_probes);
}

/* Stops waiting for a probe. Its outcome comes soon: %ROAD_OUTCOME_NO_ANSWER, unless its answer has already
 * come. Does nothing if no such probe is pending. Takes constant time. */
void
road_connector_give_up (RoadConnector *self, gpointer tag)
{
  g_return_if_fail (ROAD_IS_CONNECTOR (self));

  if (road_connector_get_n_pending (self) > 0)
    ROAD_CONNECTOR_GET_CLASS (self)->give_up (self, tag);
}

/* Like road_connector_give_up() for all pending probes. */
void
road_connector_give_up_all (RoadConnector *self)
{
  g_return_if_fail (ROAD_IS_CONNECTOR (self));

  if (road_connector_get_n_pending (self) > 0)
    ROAD_CONNECTOR_GET_CLASS (self)->give_up_all (self);
}

/* Returns: how many probes have been started whose outcome has not been handed over */
guint
road_connector_get_n_pending (RoadConnector *self)
{
  RoadConnectorPrivate *priv = road_connector_get_instance_private (self);

  g_return_val_if_fail (ROAD_IS_CONNECTOR (self), 0);

  return priv->n_pending;
}
