/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-legend.h"

#include "road-map-symbol.h"
#include "road-map-text.h"

#include <glib/gi18n.h>

/* The most important first. */
static const RoadMapState states[] = { ROAD_MAP_OPEN, ROAD_MAP_UP, ROAD_MAP_SILENT,
                                       ROAD_MAP_PENDING, ROAD_MAP_EXCLUDED };

typedef struct
{
  GtkWidget *child; /* of the flow box */
  GtkWidget *symbol;
  GtkWidget *label;
} Entry;

struct _RoadMapLegend
{
  GtkWidget parent_instance;

  GtkWidget *box;
  Entry entries[G_N_ELEMENTS (states)];
};

G_DEFINE_FINAL_TYPE (RoadMapLegend, road_map_legend, GTK_TYPE_WIDGET)

static const char *
describe (RoadMapState state, RoadReport *report, gboolean narrow)
{
  if (state == ROAD_MAP_OPEN)
    /* Translators: the legend of a map, beside a cell with a number, or a coloured bar */
    return narrow ? _ ("open ports: the more, the stronger") : _ ("number of open ports");
  if (state == ROAD_MAP_UP)
    /* Translators: the legend of a map */
    return _ ("up, no open ports");

  return road_map_text_state (state, report);
}

static void
road_map_legend_dispose (GObject *object)
{
  g_clear_pointer (&ROAD_MAP_LEGEND (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (road_map_legend_parent_class)->dispose (object);
}

static void
road_map_legend_class_init (RoadMapLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_map_legend_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "roadmaplegend");
}

static void
road_map_legend_init (RoadMapLegend *self)
{
  self->box = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->box), G_N_ELEMENTS (states));
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->box), 12);
  gtk_widget_set_can_focus (self->box, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      Entry *entry = &self->entries[i];

      entry->symbol = road_map_symbol_new (states[i]);
      entry->label = gtk_label_new (NULL);
      entry->child = gtk_flow_box_child_new ();
      gtk_label_set_xalign (GTK_LABEL (entry->label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (entry->label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (entry->label, "caption");
      gtk_box_append (GTK_BOX (box), entry->symbol);
      gtk_box_append (GTK_BOX (box), entry->label);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (entry->child), box);
      gtk_widget_set_focusable (entry->child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (self->box), entry->child);
    }
}

/* @narrow: whether the map draws networks as rows of narrow cells */
void
road_map_legend_update (RoadMapLegend *self, RoadMapModel *model, gboolean narrow)
{
  RoadReport *report;
  RoadMapCounts counts;

  g_return_if_fail (ROAD_IS_MAP_LEGEND (self));
  g_return_if_fail (ROAD_IS_MAP_MODEL (model));

  report = road_map_model_get_report (model);
  road_map_model_count (model, &counts);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const Entry *entry = &self->entries[i];
      const gboolean always = states[i] != ROAD_MAP_PENDING && states[i] != ROAD_MAP_EXCLUDED;

      gtk_label_set_text (GTK_LABEL (entry->label), describe (states[i], report, narrow));
      gtk_widget_set_visible (entry->child, always || counts.n_cells[states[i]] > 0);
      road_map_symbol_set_narrow (ROAD_MAP_SYMBOL (entry->symbol), narrow);
    }
}
