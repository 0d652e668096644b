/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-model.h"

#include "road-host-rows.h"
#include "road-result-order.h"
#include "road-row-changes.h"
#include "engine/base/road-list-changes.h"

/* First the ports that are listed individually (an array of results in the selected order), then the
 * counts of the rest. Row objects for ports are created on demand. GtkTreeListModel creates a model just to
 * learn whether a host can be expanded, and many hosts can be expanded of which few are seen: so rows are only
 * counted, and not sorted, until one is needed. */
struct _RoadPortModel
{
  GObject parent_instance;

  RoadHost *host;
  RoadSortOrder *order;
  RoadFilter *filter;

  GArray *listed;    /* of RoadPortResult; NULL until a row is needed */
  GPtrArray *counts; /* of RoadPortRow */
  GtkBitset *kept;   /* positions of listed ports, see road_port_model_keep() */
  guint n_rows;      /* if n_rows_known, until rows are listed */
  gboolean n_rows_known;
  gboolean is_unsorted; /* whether @listed still has the order before */
  gboolean resetting;
  guint n_holds; /* see road_port_model_hold() */
};

enum
{
  PROP_0,
  PROP_RESETTING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void road_port_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadPortModel,
                               road_port_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_port_model_list_model_init))

/* Until the order or the filter changes, two sorted arrays can be compared side by side. */
static int
compare_results (gconstpointer a, gconstpointer b, gpointer user_data)
{
  RoadPortModel *self = user_data;

  return road_result_order_compare (self->order, self->host, a, b);
}

static void
count_all (RoadPortModel *self, GPtrArray *counts)
{
  g_autoptr (RoadPortSet) extra = road_host_rows_dup_extra (self->host);

  for (guint i = 0; i < road_host_get_n_groups (self->host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (self->host, i);
      g_autoptr (RoadPortSet) others = NULL;
      const RoadPortResult common = {
        .state = (guint8) group->state,
        .reason = (guint8) group->reason,
        .reason_from = group->reason_from,
      };

      if (road_host_lists_state (self->host, group->state))
        continue;

      others = road_port_set_subtract (group->ports, extra);
      if (road_port_set_get_n_ports (others) > 0)
        road_port_row_add_count (counts, self->host, &common, road_port_set_get_n_ports (others));
    }
}

/* @found: (element-type RoadFilterCount) (nullable): what the filter found, if there is one. Returns: (transfer full)
 * (element-type RoadPortRow): a row for each state and reason with too many ports to list individually */
static GPtrArray *
make_counts (RoadPortModel *self, GArray *found)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const RoadFilterCount *count = &g_array_index (found, RoadFilterCount, i);

      road_port_row_add_count (counts, self->host, &count->common, count->n_ports);
    }
  if (!road_filter_get_active (self->filter))
    count_all (self, counts);

  g_ptr_array_sort (counts, road_port_row_compare);

  return counts;
}

/* Lists the ports of states that are only counted, see road_host_rows_dup_extra(). */
static void
list_extra (RoadPortModel *self, GArray *listed)
{
  g_autoptr (RoadPortSet) extra = road_host_rows_dup_extra (self->host);

  for (guint i = 0; i < road_port_set_get_n_ports (extra); i++)
    {
      RoadPortResult result;

      if (road_host_get_result (self->host, road_port_set_get_nth (extra, i), &result) &&
          !road_host_lists_state (self->host, (RoadPortState) result.state))
        g_array_append_val (listed, result);
    }
}

/* A host with open ports only is sorted already, as most are during a scan. */
static gboolean
needs_sorting (RoadPortModel *self, GArray *listed)
{
  for (guint i = 1; i < listed->len; i++)
    {
      if (compare_results (&g_array_index (listed, RoadPortResult, i - 1),
                           &g_array_index (listed, RoadPortResult, i), self) > 0)
        return TRUE;
    }

  return FALSE;
}

/* @counts: (out): the rows for the other ports, see make_counts() */
static GArray *
list_results (RoadPortModel *self, GPtrArray **counts)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (RoadFilterCount));
  GArray *listed = road_filter_get_active (self->filter)
                       ? road_filter_list (self->filter, self->host, found)
                       : road_host_get_listed (self->host, FALSE);

  if (!road_filter_get_active (self->filter))
    list_extra (self, listed);
  *counts = make_counts (self, found);
  if (needs_sorting (self, listed))
    g_array_sort_with_data (listed, compare_results, self);

  return listed;
}

/* Returns: how many rows there are, without listing the ports */
static guint
count_rows (RoadPortModel *self)
{
  g_autoptr (GArray) extra = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  guint n_rows;

  if (road_filter_get_active (self->filter))
    return road_filter_count_rows (self->filter, self->host);

  extra = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  list_extra (self, extra);
  counts = make_counts (self, NULL);
  n_rows = extra->len + counts->len;
  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    {
      if (road_host_lists_state (self->host, (RoadPortState) state))
        n_rows += road_host_get_n_ports (self->host, (RoadPortState) state);
    }

  return n_rows;
}

static void
set_resetting (RoadPortModel *self, gboolean resetting)
{
  self->resetting = resetting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESETTING]);
}

static void
change_listed (GListModel *model, const RoadListChange *change, gpointer user_data)
{
  RoadPortModel *self = ROAD_PORT_MODEL (model);
  GArray *listed = user_data;

  if (change->n_removed > 0)
    g_array_remove_range (self->listed, change->position, change->n_removed);
  if (change->n_added > 0)
    g_array_insert_vals (self->listed, change->position,
                         &g_array_index (listed, RoadPortResult, change->position),
                         change->n_added);
}

static void
update_listed (RoadPortModel *self, GArray *listed)
{
  g_autoptr (GArray) changes =
      road_row_changes_find (self->order, self->host, self->listed, listed);
  g_autoptr (GArray) joined = NULL;

  if (changes->len == 0)
    return;

  g_signal_emit (self, signals[CHANGING], 0);
  joined = road_row_changes_join (changes, self->kept);
  g_clear_pointer (&self->kept, gtk_bitset_unref);

  if (joined->len < changes->len)
    set_resetting (self, TRUE);
  road_list_changes_make (joined, G_LIST_MODEL (self), change_listed, listed);
  if (joined->len < changes->len)
    set_resetting (self, FALSE);
}

/* Updates the count of rows that stay; replacing them would deselect them. */
static void
update_counts (RoadPortModel *self, GPtrArray *counts)
{
  for (guint i = self->counts->len; i > 0; i--)
    {
      if (road_port_row_find (counts, g_ptr_array_index (self->counts, i - 1)) == NULL)
        {
          g_ptr_array_remove_index (self->counts, i - 1);
          g_list_model_items_changed (G_LIST_MODEL (self), self->listed->len + i - 1, 1, 0);
        }
    }

  for (guint i = 0; i < counts->len; i++)
    {
      RoadPortRow *row = g_ptr_array_index (counts, i);
      RoadPortRow *old = road_port_row_find (self->counts, row);

      if (old != NULL)
        {
          road_port_row_set_count (old, road_port_row_get_count (row),
                                   &road_port_row_get_result (row)->reason_from);
        }
      else
        {
          g_ptr_array_insert (self->counts, (int) i, g_object_ref (row));
          g_list_model_items_changed (G_LIST_MODEL (self), self->listed->len + i, 0, 1);
        }
    }
}

static void
ensure_listed (RoadPortModel *self)
{
  if (self->listed == NULL)
    self->listed = list_results (self, &self->counts);
  else if (self->is_unsorted)
    g_array_sort_with_data (self->listed, compare_results, self);
  self->is_unsorted = FALSE;
}

static void
replace_all (RoadPortModel *self)
{
  set_resetting (self, TRUE);
  ensure_listed (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, self->n_rows,
                              self->listed->len + self->counts->len);
  set_resetting (self, FALSE);
}

static void
on_ports_changed (RoadPortModel *self)
{
  g_autoptr (GArray) listed = NULL;
  g_autoptr (GPtrArray) counts = NULL;

  if (self->listed == NULL)
    {
      if (self->n_rows_known)
        replace_all (self);
      return;
    }

  ensure_listed (self);
  listed = list_results (self, &counts);
  update_listed (self, listed);
  update_counts (self, counts);
}

static GType
road_port_model_get_item_type (GListModel *model)
{
  return ROAD_TYPE_PORT_ROW;
}

static guint
road_port_model_get_n_items (GListModel *model)
{
  RoadPortModel *self = ROAD_PORT_MODEL (model);

  if (self->listed != NULL)
    return self->listed->len + self->counts->len;

  if (!self->n_rows_known)
    self->n_rows = count_rows (self);
  self->n_rows_known = TRUE;

  return self->n_rows;
}

static gpointer
road_port_model_get_item (GListModel *model, guint position)
{
  RoadPortModel *self = ROAD_PORT_MODEL (model);

  ensure_listed (self);

  if (position < self->listed->len)
    return road_port_row_new (self->host, &g_array_index (self->listed, RoadPortResult, position));

  position -= self->listed->len;
  if (position < self->counts->len)
    return g_object_ref (g_ptr_array_index (self->counts, position));

  return NULL;
}

static void
road_port_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_port_model_get_item_type;
  iface->get_n_items = road_port_model_get_n_items;
  iface->get_item = road_port_model_get_item;
}

static void
road_port_model_finalize (GObject *object)
{
  RoadPortModel *self = ROAD_PORT_MODEL (object);

  g_clear_object (&self->host);
  g_clear_object (&self->order);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->listed, g_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->kept, gtk_bitset_unref);

  G_OBJECT_CLASS (road_port_model_parent_class)->finalize (object);
}

static void
road_port_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadPortModel *self = ROAD_PORT_MODEL (object);

  switch (prop_id)
    {
    case PROP_RESETTING:
      g_value_set_boolean (value, self->resetting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_port_model_class_init (RoadPortModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = road_port_model_finalize;
  object_class->get_property = road_port_model_get_property;

  /* Whether rows are being replaced, which deselects even those that stay. Save the selection when this
   * becomes %TRUE and restore it when it becomes %FALSE. */
  properties[PROP_RESETTING] =
      g_param_spec_boolean ("resetting", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Listed ports are about to be added or removed. Handlers may call road_port_model_keep(). */
  signals[CHANGING] = g_signal_new ("changing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_port_model_init (RoadPortModel *self)
{
}

RoadPortModel *
road_port_model_new (RoadHost *host, RoadSortOrder *order, RoadFilter *filter)
{
  RoadPortModel *self;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);
  g_return_val_if_fail (ROAD_IS_SORT_ORDER (order), NULL);
  g_return_val_if_fail (ROAD_IS_FILTER (filter), NULL);

  self = g_object_new (ROAD_TYPE_PORT_MODEL, NULL);
  self->host = g_object_ref (host);
  self->order = g_object_ref (order);
  self->filter = g_object_ref (filter);
  g_signal_connect_object (host, "ports-changed", G_CALLBACK (on_ports_changed), self,
                           G_CONNECT_SWAPPED);
  /* A filter can look for names. */
  g_signal_connect_object (host, "notify::title", G_CALLBACK (on_ports_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* To be called when the order has changed. The model does not follow it: with a handler for each of thousands of
 * hosts, adding and removing them would take longer than the sorting. */
void
road_port_model_sort (RoadPortModel *self)
{
  g_return_if_fail (ROAD_IS_PORT_MODEL (self));

  self->is_unsorted = self->listed != NULL;
  if (self->is_unsorted)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, self->listed->len + self->counts->len,
                                self->listed->len + self->counts->len);
}

/* To be called when the filter has changed and no view has the rows: the change is not announced. */
void
road_port_model_refilter (RoadPortModel *self)
{
  g_return_if_fail (ROAD_IS_PORT_MODEL (self));

  g_clear_pointer (&self->listed, g_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->kept, gtk_bitset_unref);
  self->n_rows_known = FALSE;
}

/* Lets the rows stay when the filter changes, until road_port_model_unhold(): somebody is still reading them. */
void
road_port_model_hold (RoadPortModel *self)
{
  g_return_if_fail (ROAD_IS_PORT_MODEL (self));

  self->n_holds++;
}

void
road_port_model_unhold (RoadPortModel *self)
{
  g_return_if_fail (ROAD_IS_PORT_MODEL (self) && self->n_holds > 0);

  self->n_holds--;
}

gboolean
road_port_model_get_held (RoadPortModel *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_MODEL (self), FALSE);

  return self->n_holds > 0;
}

RoadHost *
road_port_model_get_host (RoadPortModel *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_MODEL (self), NULL);

  return self->host;
}

gboolean
road_port_model_get_resetting (RoadPortModel *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_MODEL (self), FALSE);

  return self->resetting;
}

/* For handlers of #RoadPortModel::changing: the rows at @positions must not be replaced by the same ones, so
 * that a view keeps them in place. */
void
road_port_model_keep (RoadPortModel *self, GtkBitset *positions)
{
  g_return_if_fail (ROAD_IS_PORT_MODEL (self));
  g_return_if_fail (positions != NULL);

  g_clear_pointer (&self->kept, gtk_bitset_unref);
  self->kept = gtk_bitset_ref (positions);
}

/* Returns: how many rows stand for one port each; those for several come after them. Before any row was
 * needed, that is the number of all rows. */
guint
road_port_model_get_n_listed (RoadPortModel *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_MODEL (self), 0);

  return self->listed != NULL ? self->listed->len : g_list_model_get_n_items (G_LIST_MODEL (self));
}

/* Looks up a port number without creating a row. Returns: %FALSE if the row stands for several ports, as
 * do all rows after it */
gboolean
road_port_model_get_port (RoadPortModel *self, guint position, guint16 *port)
{
  g_return_val_if_fail (ROAD_IS_PORT_MODEL (self), FALSE);
  g_return_val_if_fail (port != NULL, FALSE);

  ensure_listed (self);
  if (position >= self->listed->len)
    return FALSE;

  *port = g_array_index (self->listed, RoadPortResult, position).port;

  return TRUE;
}

/* Finds a row that stands for the same as @row, which need not be the model's object. */
gboolean
road_port_model_find (RoadPortModel *self, RoadPortRow *row, guint *position)
{
  g_return_val_if_fail (ROAD_IS_PORT_MODEL (self), FALSE);
  g_return_val_if_fail (ROAD_IS_PORT_ROW (row), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  ensure_listed (self);

  if (!road_port_row_is_count (row))
    {
      for (guint i = 0; i < self->listed->len; i++)
        {
          if (g_array_index (self->listed, RoadPortResult, i).port ==
              road_port_row_get_result (row)->port)
            {
              *position = i;
              return TRUE;
            }
        }

      return FALSE;
    }

  if (!g_ptr_array_find_with_equal_func (self->counts, row, (GEqualFunc) road_port_row_equal,
                                         position))
    return FALSE;

  *position += self->listed->len;

  return TRUE;
}
