"""Addresses of the installation."""

from django.urls import include, path

urlpatterns = [path("", include("duixian.console.urls"))]
