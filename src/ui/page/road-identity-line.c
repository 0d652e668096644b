/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-identity-line.h"

#include "road-identity-text.h"
#include "engine/base/road-text-escape.h"

/* Between the parts, in pixels. */
#define SPACING 6

/* Of long targets so much is always seen, in pixels. */
#define MIN_WIDTH_TARGETS 80

/* So often, in seconds, "today" may become "yesterday". */
#define UPDATE_INTERVAL 60

/* More of long targets, in characters, is neither seen nor read. */
#define MAX_TARGETS 1000

/* In the order of importance. */
enum
{
  PART_PORTS,
  PART_TIME,
  PART_DURATION,
  PART_FILE,
  N_PARTS
};

struct _RoadIdentityLine
{
  GtkWidget parent_instance;

  GSignalGroup *report_signals;
  gboolean live;   /* whether a scan may fill the report now */
  char *file_name; /* (nullable) */
  guint update_source;

  GtkWidget *targets;
  GtkWidget *parts[N_PARTS]; /* boxes of a dot and a label; hidden if there is nothing to say */
  GtkWidget *hint;
};

G_DEFINE_FINAL_TYPE (RoadIdentityLine, road_identity_line, GTK_TYPE_WIDGET)

static void
set_part (RoadIdentityLine *self, guint index, const char *text, GString *all)
{
  GtkWidget *label = gtk_widget_get_last_child (self->parts[index]);

  gtk_widget_set_visible (self->parts[index], text != NULL);
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  if (text != NULL)
    g_string_append_printf (all, " · %s", text);
}

static void
update (RoadIdentityLine *self)
{
  g_autoptr (RoadReport) report = g_signal_group_dup_target (self->report_signals);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *targets = NULL;
  g_autofree char *ports = NULL;
  g_autofree char *time = NULL;
  g_autofree char *duration = NULL;
  g_autoptr (GString) all = NULL;
  gboolean running;

  if (report == NULL)
    return;

  running = self->live && road_report_get_status (report) == ROAD_REPORT_RUNNING;
  targets = road_text_label (road_report_get_targets (report));
  if (g_utf8_strlen (targets, -1) > MAX_TARGETS)
    *g_utf8_offset_to_pointer (targets, MAX_TARGETS) = '\0';
  ports = road_identity_text_ports (road_report_get_profile (report));
  time = road_identity_text_time (report, running, now);
  duration = road_identity_text_duration (report, running);

  all = g_string_new (targets);
  gtk_label_set_text (GTK_LABEL (self->targets), targets);
  set_part (self, PART_PORTS, ports, all);
  set_part (self, PART_TIME, time, all);
  set_part (self, PART_DURATION, duration, all);
  set_part (self, PART_FILE, self->file_name, all);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), all->str);
}

static gboolean
on_update (gpointer user_data)
{
  update (ROAD_IDENTITY_LINE (user_data));

  return G_SOURCE_CONTINUE;
}

static int
get_natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
measure_width (RoadIdentityLine *self, int *minimum, int *natural)
{
  int width = get_natural_width (self->targets);

  for (guint i = 0; i < N_PARTS; i++)
    {
      if (gtk_widget_get_visible (self->parts[i]))
        width += SPACING + get_natural_width (self->parts[i]);
    }
  *natural = MAX (width, get_natural_width (self->hint));
  *minimum = MIN (get_natural_width (self->targets), MIN_WIDTH_TARGETS);
}

/* There is always room for the hint, so that the results do not move while the user types. */
static void
road_identity_line_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  RoadIdentityLine *self = ROAD_IDENTITY_LINE (widget);
  int row, hint;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }

  gtk_widget_measure (self->targets, orientation, -1, NULL, &row, NULL, NULL);
  gtk_widget_measure (self->hint, orientation, -1, NULL, &hint, NULL, NULL);
  *minimum = *natural = row + hint;
}

/* @x: from the side where reading begins */
static void
place (
    RoadIdentityLine *self, GtkWidget *child, int line_width, int x, int y, int width, int height)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation allocation = { rtl ? line_width - x - width : x, y, width, height };

  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &allocation, -1);
}

/* @room: without that for the targets
 *
 * Returns: how many of the parts have room, and @used, how much they use */
static guint
count_fitting (RoadIdentityLine *self, int room, int *used)
{
  guint n = 0;

  *used = 0;
  for (; n < N_PARTS; n++)
    {
      const int width = gtk_widget_get_visible (self->parts[n])
                            ? SPACING + get_natural_width (self->parts[n])
                            : 0;

      if (*used + width > room)
        break;
      *used += width;
    }

  return n;
}

static void
road_identity_line_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoadIdentityLine *self = ROAD_IDENTITY_LINE (widget);
  const gboolean hinted = *gtk_label_get_text (GTK_LABEL (self->hint)) != '\0';
  const int natural = get_natural_width (self->targets);
  int row, hint_height, minimum, used, x, y;
  guint n;

  gtk_widget_measure (self->targets, GTK_ORIENTATION_VERTICAL, -1, NULL, &row, NULL, NULL);
  gtk_widget_measure (self->hint, GTK_ORIENTATION_VERTICAL, -1, NULL, &hint_height, NULL, NULL);
  minimum = MIN (natural, MIN_WIDTH_TARGETS);
  y = (height - row - (hinted ? hint_height : 0)) / 2;

  /* Long targets leave half of the line to the parts. */
  n = count_fitting (self, width - MAX (MIN (natural, width / 2), minimum), &used);
  x = MIN (natural, MAX (width - used, minimum));
  place (self, self->targets, width, 0, y, x, row);
  for (guint i = 0; i < N_PARTS; i++)
    {
      const int part_width = get_natural_width (self->parts[i]);

      if (i < n && gtk_widget_get_visible (self->parts[i]))
        {
          place (self, self->parts[i], width, x + SPACING, y, part_width, row);
          x += SPACING + part_width;
        }
      else
        {
          gtk_widget_set_child_visible (self->parts[i], FALSE);
        }
    }

  if (hinted)
    place (self, self->hint, width, 0, y + row, width, hint_height);
  else
    gtk_widget_set_child_visible (self->hint, FALSE);
}

/* "today" may have become outdated. */
static void
road_identity_line_map (GtkWidget *widget)
{
  RoadIdentityLine *self = ROAD_IDENTITY_LINE (widget);

  update (self);
  self->update_source = g_timeout_add_seconds (UPDATE_INTERVAL, on_update, self);
  GTK_WIDGET_CLASS (road_identity_line_parent_class)->map (widget);
}

static void
road_identity_line_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&ROAD_IDENTITY_LINE (widget)->update_source, g_source_remove);
  GTK_WIDGET_CLASS (road_identity_line_parent_class)->unmap (widget);
}

static void
road_identity_line_dispose (GObject *object)
{
  RoadIdentityLine *self = ROAD_IDENTITY_LINE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->report_signals);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (road_identity_line_parent_class)->dispose (object);
}

static void
road_identity_line_finalize (GObject *object)
{
  g_free (ROAD_IDENTITY_LINE (object)->file_name);

  G_OBJECT_CLASS (road_identity_line_parent_class)->finalize (object);
}

static void
road_identity_line_class_init (RoadIdentityLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = road_identity_line_dispose;
  object_class->finalize = road_identity_line_finalize;
  widget_class->measure = road_identity_line_measure;
  widget_class->size_allocate = road_identity_line_size_allocate;
  widget_class->map = road_identity_line_map;
  widget_class->unmap = road_identity_line_unmap;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (RoadIdentityLine *self, PangoEllipsizeMode ellipsize, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static GtkWidget *
add_part (RoadIdentityLine *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *dot = g_object_new (GTK_TYPE_LABEL, "label", "·", "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_widget_add_css_class (box, "numbers");
  gtk_widget_set_parent (box, GTK_WIDGET (self));

  return box;
}

static void
road_identity_line_init (RoadIdentityLine *self)
{
  self->live = TRUE;
  self->report_signals = g_signal_group_new (ROAD_TYPE_REPORT);
  g_signal_group_connect_object (self->report_signals, "notify::status", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);

  self->targets = add_label (self, PANGO_ELLIPSIZE_END, "targets");
  for (guint i = 0; i < N_PARTS; i++)
    self->parts[i] = add_part (self);
  self->hint = add_label (self, PANGO_ELLIPSIZE_END, "caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
}

/* Shows what @report is, and follows how it goes on. */
void
road_identity_line_set_report (RoadIdentityLine *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_IDENTITY_LINE (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  g_clear_pointer (&self->file_name, g_free);
  g_signal_group_set_target (self->report_signals, report);
  update (self);
}

/* @live: whether a scan may still fill the report, which a file cannot tell */
void
road_identity_line_set_live (RoadIdentityLine *self, gboolean live)
{
  g_return_if_fail (ROAD_IS_IDENTITY_LINE (self));

  self->live = live;
  update (self);
}

/* @name: (nullable): of the file that the report was read from */
void
road_identity_line_set_file_name (RoadIdentityLine *self, const char *name)
{
  g_return_if_fail (ROAD_IS_IDENTITY_LINE (self));

  g_free (self->file_name);
  self->file_name = name != NULL ? road_text_label (name) : NULL;
  update (self);
}

/* @hint: (nullable): how to scan something else */
void
road_identity_line_set_hint (RoadIdentityLine *self, const char *hint)
{
  g_return_if_fail (ROAD_IS_IDENTITY_LINE (self));

  gtk_label_set_text (GTK_LABEL (self->hint), hint != NULL ? hint : "");
  gtk_widget_set_tooltip_text (self->hint, hint);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
