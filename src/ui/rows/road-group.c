/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-group.h"

#include "engine/ports/road-services.h"

struct _RoadGroup
{
  GObject parent_instance;

  gboolean is_port;
  guint16 port;
  const char *service; /* interned; NULL if it is not known */

  GArray *members; /* of RoadGroupMember; those of a host are adjacent */
  guint n_hosts;
  GArray *added; /* the next members, until they replace the others */
};

static void road_group_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadGroup,
                               road_group,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_group_list_model_init))

static GType
road_group_get_item_type (GListModel *model)
{
  return ROAD_TYPE_PORT_ROW;
}

static guint
road_group_get_n_items (GListModel *model)
{
  return ROAD_GROUP (model)->members->len;
}

static gpointer
road_group_get_item (GListModel *model, guint position)
{
  RoadGroup *self = ROAD_GROUP (model);
  const RoadGroupMember *member;
  RoadPortResult result = { 0 };

  if (position >= self->members->len)
    return NULL;

  member = &g_array_index (self->members, RoadGroupMember, position);
  result.port = member->port;
  road_host_get_result (member->host, member->port, &result);

  return road_port_row_new_member (member->host, &result);
}

static void
road_group_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_group_get_item_type;
  iface->get_n_items = road_group_get_n_items;
  iface->get_item = road_group_get_item;
}

static void
road_group_finalize (GObject *object)
{
  RoadGroup *self = ROAD_GROUP (object);

  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->added, g_array_unref);

  G_OBJECT_CLASS (road_group_parent_class)->finalize (object);
}

static void
road_group_class_init (RoadGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_group_finalize;
}

static void
road_group_init (RoadGroup *self)
{
  self->members = g_array_new (FALSE, FALSE, sizeof (RoadGroupMember));
  self->added = g_array_new (FALSE, FALSE, sizeof (RoadGroupMember));
}

RoadGroup *
road_group_new_port (guint16 port)
{
  RoadGroup *self = g_object_new (ROAD_TYPE_GROUP, NULL);

  self->is_port = TRUE;
  self->port = port;

  return self;
}

/* @service: (nullable): %NULL for ports whose service is not known */
RoadGroup *
road_group_new_service (const char *service)
{
  RoadGroup *self = g_object_new (ROAD_TYPE_GROUP, NULL);

  self->service = g_intern_string (service);

  return self;
}

gboolean
road_group_is_port (RoadGroup *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP (self), FALSE);

  return self->is_port;
}

/* Returns: the port; of a service, the lowest that it is found on */
guint16
road_group_get_port (RoadGroup *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP (self), 0);

  return self->port;
}

/* Returns: (nullable): the service */
const char *
road_group_get_service (RoadGroup *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP (self), NULL);

  return self->is_port ? road_services_get_name (self->port) : self->service;
}

guint
road_group_get_n_hosts (RoadGroup *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP (self), 0);

  return self->n_hosts;
}

/* Returns: (transfer none) (array length=n_members): valid until they are replaced */
const RoadGroupMember *
road_group_get_members (RoadGroup *self, guint *n_members)
{
  g_return_val_if_fail (ROAD_IS_GROUP (self), NULL);
  g_return_val_if_fail (n_members != NULL, NULL);

  *n_members = self->members->len;

  return (const RoadGroupMember *) (gpointer) self->members->data;
}

/* Adds a member to the next ones. */
void
road_group_add (RoadGroup *self, RoadHost *host, guint16 port)
{
  const RoadGroupMember member = { host, port };

  g_array_append_val (self->added, member);
}

guint
road_group_get_n_added (RoadGroup *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP (self), 0);

  return self->added->len;
}

static gboolean
is_same (const RoadGroupMember *a, const RoadGroupMember *b)
{
  return a->host == b->host && a->port == b->port;
}

static void
count (RoadGroup *self)
{
  self->n_hosts = 0;
  for (guint i = 0; i < self->members->len; i++)
    {
      const RoadGroupMember *member = &g_array_index (self->members, RoadGroupMember, i);

      if (i == 0 || member[-1].host != member->host)
        self->n_hosts++;
      if (!self->is_port && (i == 0 || member->port < self->port))
        self->port = member->port;
    }
}

/* Replaces the members by the next ones. Those that stay keep their rows.
 *
 * Returns: whether any were added or removed */
gboolean
road_group_replace (RoadGroup *self)
{
  g_autoptr (GArray) before = NULL;
  const RoadGroupMember *old, *new;
  guint n_same;
  guint start = 0;
  guint end = 0;

  g_return_val_if_fail (ROAD_IS_GROUP (self), FALSE);

  before = g_steal_pointer (&self->members);
  self->members = g_steal_pointer (&self->added);
  self->added = g_array_new (FALSE, FALSE, sizeof (RoadGroupMember));
  old = (const RoadGroupMember *) (gpointer) before->data;
  new = (const RoadGroupMember *) (gpointer) self->members->data;
  n_same = MIN (before->len, self->members->len);

  while (start < n_same && is_same (&old[start], &new[start]))
    start++;
  while (end < n_same - start &&
         is_same (&old[before->len - end - 1], &new[self->members->len - end - 1]))
    end++;
  if (start + end == before->len && start + end == self->members->len)
    return FALSE;

  count (self);
  g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                              self->members->len - start - end);

  return TRUE;
}
