/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/results/road-result-opener.h"

/* Losing this: a port is opened at the wrong address, or something that is no web page in the browser. */
static void
test_opener (void)
{
  static const struct
  {
    const char *address, *name;
    guint16 port;
    RoadPortState state;
    const char *service; /* NULL: the usual one */
    const char *uri, *text;
  } cases[] = {
    { "192.0.2.1", NULL, 80, ROAD_PORT_OPEN, NULL, "http://192.0.2.1/", "192.0.2.1:80" },
    { "192.0.2.1", "nas.lan", 443, ROAD_PORT_OPEN, NULL, "https://nas.lan/", "nas.lan:443" },
    { "2001:db8::1", NULL, 8080, ROAD_PORT_OPEN, NULL, "http://[2001:db8::1]:8080/",
      "[2001:db8::1]:8080" },
    { "192.0.2.1", NULL, 8006, ROAD_PORT_OPEN, "ssl/http", "https://192.0.2.1:8006/",
      "192.0.2.1:8006" },
    { "192.0.2.1", NULL, 22, ROAD_PORT_OPEN, NULL, "ssh://192.0.2.1", "ssh 192.0.2.1" },
    { "2001:db8::1", NULL, 2222, ROAD_PORT_OPEN, "ssh", "ssh://[2001:db8::1]:2222",
      "ssh -p 2222 2001:db8::1" },
    { "192.0.2.1", NULL, 593, ROAD_PORT_OPEN, "http-rpc-epmap", NULL, "192.0.2.1:593" },
    { "192.0.2.1", NULL, 80, ROAD_PORT_CLOSED, NULL, NULL, "192.0.2.1:80" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadHost) host = NULL;
      const RoadPortResult result = new_result (cases[i].port, cases[i].state, 0);
      g_autoptr (RoadPortRow) row = NULL;
      g_autofree char *uri = NULL;
      g_autofree char *text = NULL;
      RoadAddress address;

      g_assert_true (road_address_parse (&address, cases[i].address));
      host = road_host_new (&address, cases[i].name, NULL);
      if (cases[i].service != NULL)
        road_host_set_service (host, cases[i].port, cases[i].service, NULL);
      row = road_port_row_new (host, &result);
      uri = road_result_opener_make_uri (row);
      text = road_result_opener_make_text (row);
      g_assert_cmpstr (uri, ==, cases[i].uri);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/result-opener/cases", test_opener);

  return g_test_run ();
}
