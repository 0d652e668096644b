/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-icon.h"

#include "ui/widgets/road-host-look.h"

/* In pixels. */
#define GAP 2

/* Finds room for an icon beside what a cell says already: below its octet, or else after it.
 * @octet: where the octet is
 * @symbol_width: of the number of open ports, or what is there instead
 * @symbol: where that may be, which is made smaller by what the icon takes of it
 *
 * Returns: %FALSE if the cell is too small */
gboolean
road_map_icon_place (const RoadMapArea *cell,
                     const RoadMapArea *octet,
                     int symbol_width,
                     RoadMapArea *icon,
                     RoadMapArea *symbol)
{
  const int below = octet->y + octet->height;

  *icon = (RoadMapArea){ octet->x, below, ROAD_MAP_ICON_SIZE, ROAD_MAP_ICON_SIZE };
  if (below + icon->height <= cell->y + cell->height && icon->x + icon->width <= symbol->x)
    return TRUE;

  if (symbol->width < icon->width + symbol_width + 2 * GAP || cell->height < icon->height)
    return FALSE;

  icon->x = symbol->x;
  icon->y = cell->y + (cell->height - icon->height) / 2;
  symbol->x += icon->width + GAP;
  symbol->width -= icon->width + GAP;

  return TRUE;
}

/* @widget: whose icons these are */
void
road_map_icon_draw (GtkWidget *widget,
                    GtkSnapshot *snapshot,
                    const RoadMapArea *area,
                    RoadDeviceKind kind,
                    const GdkRGBA *colour)
{
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon =
      gtk_icon_theme_lookup_icon (theme, road_host_look_get_icon (kind), NULL, ROAD_MAP_ICON_SIZE,
                                  gtk_widget_get_scale_factor (widget),
                                  gtk_widget_get_direction (widget), 0);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) area->x, (float) area->y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, area->width,
                                            area->height, colours, G_N_ELEMENTS (colours));
  gtk_snapshot_restore (snapshot);
}
