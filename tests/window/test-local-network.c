/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/start/road-local-network.h"

/* Losing this: "My network" offers to scan a network that is not the user's, or too much of it. */
static void
test_local_network (void)
{
  static const struct
  {
    guint32 address;
    guint32 netmask;
    const char *network;
  } cases[] = {
    { 0xc0a80117, 0xffffff00, "192.168.1.0/24" }, /* 192.168.1.23/24 */
    { 0x0a000517, 0xff000000, "10.0.5.0/24" },    /* 10.0.5.23/8: only the part around us */
    { 0xac1f0009, 0xfffffff0, "172.31.0.0/28" },  /* 172.31.0.9/28 */
    { 0xac200009, 0xffffff00, NULL },             /* 172.32.0.9: not private */
    { 0x08080808, 0xffffff00, NULL },             /* 8.8.8.8 */
    { 0xa9fe0101, 0xffff0000, NULL },             /* 169.254.1.1: link-local */
    { 0x0a000001, 0xffffffff, NULL },             /* 10.0.0.1/32: nobody else there */
    { 0x0a000001, 0xfffffffe, NULL },             /* 10.0.0.1/31 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *network =
          road_local_network_from_address (cases[i].address, cases[i].netmask);

      g_assert_cmpstr (network, ==, cases[i].network);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-network/from-address", test_local_network);

  return g_test_run ();
}
