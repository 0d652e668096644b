/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-row.h"

struct _RoadPortRow
{
  GObject parent_instance;

  RoadHost *host;
  RoadPortResult result;
  gboolean is_count;
  guint count;
};

enum
{
  PROP_0,
  PROP_COUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoadPortRow, road_port_row, G_TYPE_OBJECT)

static void
road_port_row_finalize (GObject *object)
{
  RoadPortRow *self = ROAD_PORT_ROW (object);

  g_clear_object (&self->host);

  G_OBJECT_CLASS (road_port_row_parent_class)->finalize (object);
}

static void
road_port_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadPortRow *self = ROAD_PORT_ROW (object);

  switch (prop_id)
    {
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_port_row_class_init (RoadPortRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = road_port_row_finalize;
  object_class->get_property = road_port_row_get_property;

  /* The number of ports that the row stands for. */
  properties[PROP_COUNT] =
      g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 1,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
road_port_row_init (RoadPortRow *self)
{
  self->count = 1;
}

RoadPortRow *
road_port_row_new (RoadHost *host, const RoadPortResult *result)
{
  RoadPortRow *self;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);
  g_return_val_if_fail (result != NULL, NULL);

  self = g_object_new (ROAD_TYPE_PORT_ROW, NULL);
  self->host = g_object_ref (host);
  self->result = *result;

  return self;
}

/* Creates a row for @count ports that have the state, reason and sender of @result in common. */
RoadPortRow *
road_port_row_new_count (RoadHost *host, const RoadPortResult *result, guint count)
{
  RoadPortRow *self = road_port_row_new (host, result);

  g_return_val_if_fail (self != NULL, NULL);

  self->is_count = TRUE;
  self->count = count;

  return self;
}

RoadHost *
road_port_row_get_host (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), NULL);

  return self->host;
}

/* Returns: (transfer none): the result; for a row that stands for several ports, only what they have in
 * common is valid */
const RoadPortResult *
road_port_row_get_result (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), NULL);

  return &self->result;
}

/* Returns: whether the row stands for several ports */
gboolean
road_port_row_is_count (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), FALSE);

  return self->is_count;
}

guint
road_port_row_get_count (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), 0);

  return self->count;
}

/* @reason_from: the sender of the ICMP errors if all have the same, else %ROAD_ADDRESS_NONE */
void
road_port_row_set_count (RoadPortRow *self, guint count, const RoadAddress *reason_from)
{
  g_return_if_fail (ROAD_IS_PORT_ROW (self));
  g_return_if_fail (self->is_count);
  g_return_if_fail (reason_from != NULL);

  if (self->count == count && road_address_equal (&self->result.reason_from, reason_from))
    return;

  self->count = count;
  self->result.reason_from = *reason_from;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/* Returns: whether both rows stand for the same port or group of ports, regardless of the count */
gboolean
road_port_row_equal (RoadPortRow *self, RoadPortRow *other)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), FALSE);
  g_return_val_if_fail (ROAD_IS_PORT_ROW (other), FALSE);

  if (self->host != other->host || self->is_count != other->is_count)
    return FALSE;

  if (!self->is_count)
    return self->result.port == other->result.port;

  return self->result.state == other->result.state && self->result.reason == other->result.reason;
}

/* A GCompareFunc for pointers to rows: by state, then by reason. */
int
road_port_row_compare (gconstpointer a, gconstpointer b)
{
  const RoadPortResult *result_a = &(*(RoadPortRow *const *) a)->result;
  const RoadPortResult *result_b = &(*(RoadPortRow *const *) b)->result;

  if (result_a->state != result_b->state)
    return (int) result_a->state - (int) result_b->state;

  return (int) result_a->reason - (int) result_b->reason;
}

/* Returns: (transfer none) (nullable): the row in @counts that stands for the same state and reason as @row */
RoadPortRow *
road_port_row_find (GPtrArray *counts, RoadPortRow *row)
{
  for (guint i = 0; i < counts->len; i++)
    {
      if (road_port_row_equal (g_ptr_array_index (counts, i), row))
        return g_ptr_array_index (counts, i);
    }

  return NULL;
}

/* Adds @n_ports to the row in @counts for the same state and reason, or adds a row. */
void
road_port_row_add_count (GPtrArray *counts,
                         RoadHost *host,
                         const RoadPortResult *common,
                         guint n_ports)
{
  g_autoptr (RoadPortRow) row = road_port_row_new_count (host, common, n_ports);
  RoadPortRow *same = road_port_row_find (counts, row);

  if (same != NULL)
    road_port_row_set_count (same, same->count + n_ports, &ROAD_ADDRESS_NONE);
  else
    g_ptr_array_add (counts, g_steal_pointer (&row));
}
