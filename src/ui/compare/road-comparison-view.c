/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-comparison-view.h"

#include "road-change-columns.h"
#include "road-change-list.h"
#include "road-change-rows.h"
#include "formats/compare/road-comparison-words.h"
#include "engine/base/road-text-escape.h"
#include "ui/widgets/road-tree-view.h"

#include <glib/gi18n.h>

/*   RoadComparison
 *       │  hosts, sorted by address
 *   RoadChangeList ── those worth a row, first those with something new
 *       │
 *   GtkTreeListModel ── RoadChangeRows of each expanded host
 *       │
 *   GtkSingleSelection ── GtkColumnView
 *
 * The comparison with a running scan is updated every few seconds. A host that has changed gets a new row,
 * for which expansion and selection are restored.
 */

/* With more hosts than this, none is expanded automatically. */
#define MAX_EXPANDED 50

/* In a narrower view, in pixels, the least important column is hidden. */
#define MIN_WIDTH_SERVICE 520

struct _RoadComparisonView
{
  GtkWidget parent_instance;

  RoadComparison *comparison;
  RoadChangeList *hosts;
  GtkTreeListModel *tree;
  GtkSingleSelection *selection;
  guint width_source;

  GtkWidget *box;
  GtkWidget *back_button;
  GtkWidget *save_button;
  GtkWidget *sides;
  GtkLabel *summary;
  GtkLabel *before;
  GtkLabel *after;
  GtkLabel *rest;
  GtkCheckButton *all_button;
  GtkStack *stack;
  GtkColumnView *column_view;
  GtkColumnViewColumn *title_column;
  GtkColumnViewColumn *change_column;
  GtkColumnViewColumn *state_column;
  GtkColumnViewColumn *service_column;
};

/* Expansion and selection, by address, as an update creates new objects for the hosts. */
typedef struct
{
  GHashTable *known;    /* addresses in the list */
  GHashTable *expanded; /* addresses of expanded hosts */
  char *selected;       /* the address of the selected row's host, or NULL */
  int selected_port;    /* the port of the selected row, or -1 for the host itself */
} TreeState;

G_DEFINE_FINAL_TYPE (RoadComparisonView, road_comparison_view, GTK_TYPE_WIDGET)

static void
tree_state_clear (TreeState *state)
{
  g_hash_table_unref (state->known);
  g_hash_table_unref (state->expanded);
  g_free (state->selected);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TreeState, tree_state_clear)

static void
save_selected (RoadComparisonView *self, TreeState *state)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  RoadHostComparison *host = NULL;

  if (ROAD_IS_CHANGE_ROW (item))
    {
      host = road_change_row_get_host (ROAD_CHANGE_ROW (item));
      state->selected_port = road_change_row_get_row (ROAD_CHANGE_ROW (item))->port;
    }
  else if (item != NULL)
    {
      host = ROAD_HOST_COMPARISON (item);
    }

  if (host != NULL)
    state->selected = g_strdup (road_host_comparison_get_address_string (host));
}

static void
save_tree_state (RoadComparisonView *self, TreeState *state)
{
  state->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state->selected = NULL;
  state->selected_port = -1;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->hosts)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->tree, i);
      g_autoptr (RoadHostComparison) host = gtk_tree_list_row_get_item (row);
      const char *address = road_host_comparison_get_address_string (host);

      g_hash_table_add (state->known, g_strdup (address));
      if (gtk_tree_list_row_get_expanded (row))
        g_hash_table_add (state->expanded, g_strdup (address));
    }
  save_selected (self, state);
}

static gboolean
is_difference (RoadHostComparison *host)
{
  RoadChange change = road_host_comparison_get_change (host);

  return change != ROAD_CHANGE_NONE && change != ROAD_CHANGE_NOT_COMPARED;
}

/* Selects the row of a port, or that of its host if there is none. */
static void
restore_selected (RoadComparisonView *self, const TreeState *state, GtkTreeListRow *row)
{
  GListModel *ports = gtk_tree_list_row_get_children (row);
  guint position = gtk_tree_list_row_get_position (row);

  for (guint i = 0;
       state->selected_port >= 0 && ports != NULL && i < g_list_model_get_n_items (ports); i++)
    {
      g_autoptr (RoadChangeRow) port = g_list_model_get_item (ports, i);

      if (road_change_row_get_row (port)->port == state->selected_port)
        {
          position += i + 1;
          break;
        }
    }

  gtk_single_selection_set_selected (self->selection, position);
}

static void
restore_tree_state (RoadComparisonView *self, const TreeState *state)
{
  const guint n_hosts = g_list_model_get_n_items (G_LIST_MODEL (self->hosts));

  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->tree, i);
      g_autoptr (RoadHostComparison) host = gtk_tree_list_row_get_item (row);
      const char *address = road_host_comparison_get_address_string (host);

      if (g_hash_table_contains (state->expanded, address) ||
          (n_hosts <= MAX_EXPANDED && is_difference (host) &&
           !g_hash_table_contains (state->known, address)))
        gtk_tree_list_row_set_expanded (row, TRUE);

      if (g_strcmp0 (state->selected, address) == 0)
        restore_selected (self, state, row);
    }
}

static void
set_line (GtkLabel *label, const char *text)
{
  /* The targets come from the file unescaped. */
  g_autofree char *escaped = text != NULL ? road_text_label (text) : NULL;

  gtk_label_set_text (label, escaped != NULL ? escaped : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), escaped);
}

static void
update_head (RoadComparisonView *self)
{
  const gboolean known = self->comparison != NULL;
  g_autofree char *summary = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *rest = NULL;

  if (known)
    {
      summary = road_comparison_words_summary (self->comparison);
      before = road_comparison_words_report (self->comparison, ROAD_BEFORE);
      after = road_comparison_words_report (self->comparison, ROAD_AFTER);
      rest = road_comparison_words_rest (self->comparison);
    }

  gtk_label_set_text (self->summary, known ? summary : _ ("Comparing…"));
  set_line (self->before, before);
  set_line (self->after, after);
  set_line (self->rest, rest);
  gtk_widget_set_visible (self->sides, known);
  gtk_widget_set_visible (self->save_button, known);
  gtk_widget_set_visible (GTK_WIDGET (self->all_button), known);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), rest != NULL);
}

static const char *
get_page (RoadComparisonView *self)
{
  if (self->comparison == NULL)
    return "busy";

  return g_list_model_get_n_items (G_LIST_MODEL (self->hosts)) > 0 ? "tree" : "same";
}

static void
update_rows (RoadComparisonView *self)
{
  g_auto (TreeState) state = { NULL };
  gboolean all = gtk_check_button_get_active (self->all_button);

  save_tree_state (self, &state);
  road_change_list_set (self->hosts, self->comparison, all);
  restore_tree_state (self, &state);

  gtk_stack_set_visible_child_name (self->stack, get_page (self));
}

static void
on_all_toggled (RoadComparisonView *self)
{
  update_rows (self);
}

static void
on_activate (RoadComparisonView *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static GListModel *
create_rows (gpointer item, gpointer user_data)
{
  RoadComparisonView *self = user_data;
  gboolean all = road_change_list_get_all (self->hosts);

  if (!ROAD_IS_HOST_COMPARISON (item) ||
      !road_host_comparison_has_rows (ROAD_HOST_COMPARISON (item), all))
    return NULL;

  return G_LIST_MODEL (road_change_rows_new (ROAD_HOST_COMPARISON (item), all));
}

static void
make_tree (RoadComparisonView *self)
{
  g_clear_object (&self->selection);
  g_clear_object (&self->hosts);

  self->hosts = road_change_list_new ();
  self->tree = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->hosts)), FALSE, FALSE,
                                        create_rows, self, NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->tree));
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
}

static gboolean
adapt_to_width (gpointer user_data)
{
  RoadComparisonView *self = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  self->width_source = 0;
  gtk_column_view_column_set_visible (self->service_column, width >= MIN_WIDTH_SERVICE);

  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
road_comparison_view_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (ROAD_COMPARISON_VIEW (widget)->box);
}

static void
road_comparison_view_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  GtkWidget *box = ROAD_COMPARISON_VIEW (widget)->box;
  int wide_minimum = 0;

  gtk_widget_measure (box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size >= 0)
    return;

  /* GTK 4.8 measures wrapping labels one pixel higher when it knows their width, and warns. */
  gtk_widget_measure (box, orientation, G_MAXINT16, &wide_minimum, NULL, NULL, NULL);
  *minimum = MAX (*minimum, wide_minimum);
  *natural = MAX (*natural, *minimum);
}

/* Not done by a layout manager, as that would not tell us the width. */
static void
road_comparison_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoadComparisonView *self = ROAD_COMPARISON_VIEW (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);

  /* Columns must not be shown or hidden during an allocation. */
  if (self->width_source == 0 &&
      gtk_column_view_column_get_visible (self->service_column) != (width >= MIN_WIDTH_SERVICE))
    self->width_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, adapt_to_width, self, NULL);
}

static void
road_comparison_view_dispose (GObject *object)
{
  RoadComparisonView *self = ROAD_COMPARISON_VIEW (object);

  g_clear_handle_id (&self->width_source, g_source_remove);
  if (self->column_view != NULL)
    gtk_column_view_set_model (self->column_view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->hosts);
  g_clear_object (&self->comparison);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_COMPARISON_VIEW);

  G_OBJECT_CLASS (road_comparison_view_parent_class)->dispose (object);
}

static void
road_comparison_view_class_init (RoadComparisonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_comparison_view_dispose;
  widget_class->get_request_mode = road_comparison_view_get_request_mode;
  widget_class->measure = road_comparison_view_measure;
  widget_class->size_allocate = road_comparison_view_size_allocate;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-comparison-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, box);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, back_button);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, sides);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, summary);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, before);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, after);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, rest);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, all_button);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, stack);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, column_view);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, title_column);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, change_column);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, state_column);
  gtk_widget_class_bind_template_child (widget_class, RoadComparisonView, service_column);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_all_toggled);
}

static void
road_comparison_view_init (RoadComparisonView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  road_change_columns_set_up (self->title_column, ROAD_CHANGE_COLUMN_TITLE);
  road_change_columns_set_up (self->change_column, ROAD_CHANGE_COLUMN_CHANGE);
  road_change_columns_set_up (self->state_column, ROAD_CHANGE_COLUMN_STATE);
  road_change_columns_set_up (self->service_column, ROAD_CHANGE_COLUMN_SERVICE);
  road_tree_view_add_keys (self->column_view);
  make_tree (self);
}

/* Whether one is an update of the other. */
static gboolean
is_update (RoadComparison *before, RoadComparison *after)
{
  for (guint side = 0; side < ROAD_N_SIDES; side++)
    {
      if (before == NULL || after == NULL ||
          road_comparison_get_report (before, (RoadSide) side) !=
              road_comparison_get_report (after, (RoadSide) side))
        return FALSE;
    }

  return TRUE;
}

/* Shows @comparison, or a spinner for %NULL. Expanded and selected rows stay if the same reports were
 * compared before. */
void
road_comparison_view_set_comparison (RoadComparisonView *self, RoadComparison *comparison)
{
  gboolean update;

  g_return_if_fail (ROAD_IS_COMPARISON_VIEW (self));
  g_return_if_fail (comparison == NULL || ROAD_IS_COMPARISON (comparison));

  update = is_update (self->comparison, comparison);
  g_set_object (&self->comparison, comparison);
  if (!update)
    {
      gtk_check_button_set_active (self->all_button, FALSE);
      make_tree (self);
    }

  update_head (self);
  update_rows (self);
}

RoadComparison *
road_comparison_view_get_comparison (RoadComparisonView *self)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON_VIEW (self), NULL);

  return self->comparison;
}

gboolean
road_comparison_view_get_all (RoadComparisonView *self)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON_VIEW (self), FALSE);

  return gtk_check_button_get_active (self->all_button);
}

/* Focuses the list of differences, or the Back button if there are none. */
void
road_comparison_view_take_focus (RoadComparisonView *self)
{
  g_return_if_fail (ROAD_IS_COMPARISON_VIEW (self));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->hosts)) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->column_view));
  else
    gtk_widget_grab_focus (self->back_button);
}
