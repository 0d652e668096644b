/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-row.h"

#include "road-sort-order.h"

typedef enum
{
  KIND_PORT,
  KIND_COUNT,
  KIND_RANGE, /* below a count */
  KIND_REST,  /* after the ranges */
} Kind;

struct _RoadPortRow
{
  GObject parent_instance;

  RoadHost *host;
  RoadPortResult result;
  Kind kind;
  gboolean is_member;
  RoadPortRange range;
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

/* Creates a row for a port that is not below its host, so that it has to tell the host. */
RoadPortRow *
road_port_row_new_member (RoadHost *host, const RoadPortResult *result)
{
  RoadPortRow *self = road_port_row_new (host, result);

  g_return_val_if_fail (self != NULL, NULL);

  self->is_member = TRUE;

  return self;
}

/* Creates a row for @count ports that have the state, reason and sender of @result in common. */
RoadPortRow *
road_port_row_new_count (RoadHost *host, const RoadPortResult *result, guint count)
{
  RoadPortRow *self = road_port_row_new (host, result);

  g_return_val_if_fail (self != NULL, NULL);

  self->kind = KIND_COUNT;
  self->count = count;

  return self;
}

static RoadPortRow *
new_below (RoadPortRow *parent, Kind kind, guint count)
{
  RoadPortRow *self = road_port_row_new_count (parent->host, &parent->result, count);

  self->kind = kind;

  return self;
}

/* Creates a row for some of the ports that @parent counts. */
RoadPortRow *
road_port_row_new_range (RoadPortRow *parent, const RoadPortRange *range)
{
  RoadPortRow *self;

  g_return_val_if_fail (ROAD_IS_PORT_ROW (parent), NULL);
  g_return_val_if_fail (range != NULL, NULL);

  self = new_below (parent, KIND_RANGE, range->last - range->first + 1u);
  self->range = *range;

  return self;
}

/* Creates a row for the ports that @parent counts and that are in no range. */
RoadPortRow *
road_port_row_new_rest (RoadPortRow *parent, guint count)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (parent), NULL);

  return new_below (parent, KIND_REST, count);
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

/* Returns: whether the row is not below its host */
gboolean
road_port_row_is_member (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), FALSE);

  return self->is_member;
}

/* Returns: whether the row stands for several ports */
gboolean
road_port_row_is_count (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), FALSE);

  return self->kind != KIND_PORT;
}

/* Returns: whether there are rows for ranges below the row */
gboolean
road_port_row_is_expandable (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), FALSE);

  return self->kind == KIND_COUNT;
}

/* Returns: whether the row stands for what is in no range */
gboolean
road_port_row_is_rest (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), FALSE);

  return self->kind == KIND_REST;
}

/* Returns: (transfer none) (nullable): the range that the row stands for */
const RoadPortRange *
road_port_row_get_range (RoadPortRow *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_ROW (self), NULL);

  return self->kind == KIND_RANGE ? &self->range : NULL;
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
  g_return_if_fail (self->kind == KIND_COUNT);
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

  if (self->host != other->host || self->kind != other->kind)
    return FALSE;

  if (self->kind == KIND_PORT)
    return self->result.port == other->result.port;

  if (self->range.first != other->range.first || self->range.last != other->range.last)
    return FALSE;

  return self->result.state == other->result.state && self->result.reason == other->result.reason;
}

/* A GCompareFunc for pointers to rows: by state, then by reason. */
int
road_port_row_compare (gconstpointer a, gconstpointer b)
{
  const RoadPortResult *result_a = &(*(RoadPortRow *const *) a)->result;
  const RoadPortResult *result_b = &(*(RoadPortRow *const *) b)->result;

  if (result_a->state != result_b->state)
    return road_sort_order_compare_states (result_a->state, result_b->state);

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
