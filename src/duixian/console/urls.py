"""The pages' addresses. Names are used by templates, tests and the manual: they stay."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from duixian.console.views import (
    accounts,
    audit,
    bulletins,
    entrance,
    overview,
    register,
    register_bulk,
    register_export,
    register_views,
    review,
    sign_off,
    source,
    stocktake,
    task,
)

urlpatterns = [
    path("", entrance.home, name="home"),
    path("login/", entrance.Entrance.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", entrance.change_own_password, name="change-password"),
    path("overview/", overview.overview, name="overview"),
    path("register/", register.register, name="register"),
    path("register/export/<str:form>/", register_export.export, name="register-export"),
    path("register/bulk/", register_bulk.bulk, name="register-bulk"),
    path("register/views/", register_views.save, name="register-view-save"),
    path("register/views/<int:pk>/delete/", register_views.delete, name="register-view-delete"),
    path("tasks/<int:pk>/", task.task, name="task"),
    path("source/<int:pk>/", source.source, name="source"),
    path("stocktake/", stocktake.stocktake, name="stocktake"),
    path("stocktake/open/", stocktake.open_month, name="open-round"),
    path("stocktake/lock/", stocktake.lock_month, name="lock-round"),
    path("stocktake/review/", review.review, name="review"),
    path("stocktake/sign-off/", sign_off.sign_off, name="sign-off"),
    path("stocktake/units/<int:unit_id>/", stocktake.stocktake_unit, name="stocktake-unit"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/<int:pk>/", bulletins.download, name="bulletin"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.create, name="account-new"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("audit/", audit.audit, name="audit"),
]
