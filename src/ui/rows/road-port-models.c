/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-models.h"

/* So many models are freed at a time: all of a large report would take longer than a frame. */
#define N_FREED 200

struct _RoadPortModels
{
  RoadSortOrder *order;
  RoadFilter *filter;

  GHashTable *entries; /* RoadHost -> Entry, for as long as there is its model */
  GPtrArray *kept;     /* of RoadPortModel, see road_port_models_keep() */
  guint free_source;
};

typedef struct
{
  RoadPortModels *models;
  RoadHost *host;
  RoadPortModel *model; /* not a reference */
} Entry;

static void
on_model_gone (gpointer user_data, GObject *model)
{
  Entry *entry = user_data;

  g_hash_table_remove (entry->models->entries, entry->host);
  g_free (entry);
}

RoadPortModels *
road_port_models_new (RoadSortOrder *order, RoadFilter *filter)
{
  RoadPortModels *self;

  g_return_val_if_fail (ROAD_IS_SORT_ORDER (order), NULL);
  g_return_val_if_fail (ROAD_IS_FILTER (filter), NULL);

  self = g_new0 (RoadPortModels, 1);
  self->order = g_object_ref (order);
  self->filter = g_object_ref (filter);
  self->entries = g_hash_table_new (NULL, NULL);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/* Models that others refer to stay. */
void
road_port_models_free (RoadPortModels *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->free_source, g_source_remove);
  g_clear_pointer (&self->kept, g_ptr_array_unref);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      g_object_weak_unref (G_OBJECT (entry->model), on_model_gone, entry);
      g_free (entry);
    }
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->order);
  g_clear_object (&self->filter);
  g_free (self);
}

/* @is_new: (out): whether there was none before. Returns: (transfer full): the model for @host */
RoadPortModel *
road_port_models_ensure (RoadPortModels *self, RoadHost *host, gboolean *is_new)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);
  g_return_val_if_fail (is_new != NULL, NULL);

  entry = g_hash_table_lookup (self->entries, host);
  *is_new = entry == NULL;
  if (entry != NULL)
    return g_object_ref (entry->model);

  entry = g_new0 (Entry, 1);
  entry->models = self;
  entry->host = host; /* the model has a reference */
  entry->model = road_port_model_new (host, self->order, self->filter);
  g_object_weak_ref (G_OBJECT (entry->model), on_model_gone, entry);
  g_hash_table_insert (self->entries, host, entry);

  return entry->model;
}

/* Keeps all models until road_port_models_release(): to make those of thousands of hosts again takes longer than to sort
 * their ports. */
void
road_port_models_keep (RoadPortModels *self)
{
  g_autoptr (GPtrArray) before = NULL;
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->free_source, g_source_remove);
  before = g_steal_pointer (&self->kept);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (self->kept, g_object_ref (((Entry *) value)->model));
}

static gboolean
free_some (gpointer user_data)
{
  RoadPortModels *self = user_data;

  g_ptr_array_set_size (self->kept, (int) (self->kept->len - MIN (self->kept->len, N_FREED)));
  if (self->kept->len > 0)
    return G_SOURCE_CONTINUE;

  self->free_source = 0;

  return G_SOURCE_REMOVE;
}

/* Frees the models that nobody else refers to, some at a time. */
void
road_port_models_release (RoadPortModels *self)
{
  g_return_if_fail (self != NULL);

  if (self->kept->len > 0 && self->free_source == 0)
    self->free_source = g_idle_add_full (G_PRIORITY_LOW, free_some, self, NULL);
}

/* To be called when the order has changed, see road_port_model_sort(). */
void
road_port_models_sort (RoadPortModels *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    road_port_model_sort (((Entry *) value)->model);
}

/* To be called when the filter has changed, see road_port_model_refilter(). A model that is held is left to those who
 * hold it: its host gets another. */
void
road_port_models_refilter (RoadPortModels *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (road_port_model_get_held (entry->model))
        {
          g_object_weak_unref (G_OBJECT (entry->model), on_model_gone, entry);
          g_hash_table_iter_remove (&iter);
          g_free (entry);
        }
      else
        {
          road_port_model_refilter (entry->model);
        }
    }
}
